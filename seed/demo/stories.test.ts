import { describe, expect, test } from 'vitest';
import { type AccountPlan, planAccount } from './account.ts';
import { termsOn } from './contract.ts';
import { planted, rowsOf } from './generate.ts';
import { dayMs, sceneOf } from './scene.ts';
import { fates } from './stories/all.ts';
import { eventsOn } from './usage.ts';

const scene = sceneOf({ seed: 7, accounts: 400, now: Date.parse('2026-03-18T10:00:00Z') });
const plans = Array.from({ length: scene.accounts }, (_, i) => planAccount(scene, i));

describe('stories', () => {
  const told = (kind: string, outcome: string) =>
    plans.filter(({ story }) => story.kind === kind && story.outcome === outcome);
  test('are dealt in the shares that were planned', () => {
    expect(Object.values(fates).reduce((all, share) => all + share, 0)).toBe(100);
    const first = Array.from({ length: 400 }, (_, i) => planted(scene, i));
    expect(first.filter(({ churnDay }) => churnDay !== null).length).toBeGreaterThan(30);
    expect(first.filter(({ outcome }) => outcome === 'churned').every(({ churnDay }) => churnDay !== null)).toBe(true);
    expect(first.filter(({ outcome }) => outcome !== 'churned').every(({ churnDay }) => churnDay === null)).toBe(true);
  });

  test('champion left: the change is known before the account leaves, and nobody holds the role after it', () => {
    for (const plan of told('champion-left', 'churned')) {
      const left = rowsOf(scene, plan).stakeholder_changes.filter(({ row }) => row.kind === 'champion_left');
      expect(left).toHaveLength(1);
      expect(left[0]!.at).toBeLessThan((plan.churn! - 60) * dayMs);
      const champion = plan.people.find((person) => person.id === left[0]!.row.contact);
      expect(champion).toMatchObject({ roles: expect.arrayContaining(['champion']), left: plan.story.from });
    }
    expect(told('champion-left', 'churned').length).toBeGreaterThan(5);
    for (const plan of told('champion-left', 'recovered')) {
      expect(plan.people.filter((person) => person.roles.includes('champion') && person.left === null)).toHaveLength(1);
    }
  });

  test('slow decay: fewer and fewer come before the account leaves', () => {
    const cases = told('slow-decay', 'churned');
    const peopleBefore = (plan: AccountPlan, day: number) => {
      const daysOfPeople = Array.from({ length: 28 }, (_, n) =>
        eventsOn(scene, plan, day - 28 + n).map(({ person }) => person),
      );
      return daysOfPeople.reduce((all, people) => all + new Set(people).size, 0);
    };
    const before = cases.reduce((all, plan) => all + peopleBefore(plan, plan.story.from), 0);
    const after = cases.reduce((all, plan) => all + peopleBefore(plan, plan.churn!), 0);
    expect(after).toBeLessThan(before * 0.3);
    expect(cases.length).toBeGreaterThan(3);
  });

  test('onboarding stuck: the connection fails, and what reads from it is never used', () => {
    for (const plan of [...told('onboarding-stuck', 'churned'), ...told('onboarding-stuck', 'open')]) {
      const names = new Set<string>();
      for (let day = plan.start; day <= scene.today; day++)
        for (const { event } of eventsOn(scene, plan, day)) names.add(event);
      expect(names).not.toContain('Warehouse Synced');
      expect(names).not.toContain('SQL Query Run');
      const themes = rowsOf(scene, plan).tickets.map(({ row }) => row.category);
      expect(themes).toContain('warehouse connection');
    }
  });

  test('support spike: several times the usual tickets in the month that it begins', () => {
    for (const plan of [...told('support-spike', 'churned'), ...told('support-spike', 'recovered')]) {
      const within = (from: number, to: number) =>
        rowsOf(scene, plan).tickets.filter(({ at }) => at >= from * dayMs && at < to * dayMs).length;
      const { from } = plan.story;
      expect(within(from, from + 45)).toBeGreaterThan(Math.max(3, (within(from - 90, from) / 90) * 45));
    }
  });

  test('price: the money is questioned before less is paid', () => {
    for (const plan of [...told('price', 'churned'), ...told('price', 'shrank')]) {
      const asked = rowsOf(scene, plan).intents.filter(({ row }) => row.kind === 'budget_cut');
      expect(asked.length).toBeGreaterThan(0);
      const loss = plan.churn ?? plan.contract.terms.find((term) => term.start >= plan.story.full)!.start;
      expect(asked[0]!.at).toBeLessThan(loss * dayMs);
      if (plan.churn === null)
        expect(termsOn(plan.contract, loss)!.mrrMinor).toBeLessThan(termsOn(plan.contract, loss - 1)!.mrrMinor);
    }
  });

  test('seats filling: seats are added, and nearly all are used', () => {
    for (const plan of told('seats-filling', 'grew')) {
      const before = termsOn(plan.contract, plan.story.from)!;
      const now = termsOn(plan.contract, scene.today)!;
      expect(now.seats).toBeGreaterThan(before.seats);
      expect(now.mrrMinor).toBeGreaterThan(before.mrrMinor);
    }
  });

  test('new department: people of a department that was not there before', () => {
    for (const plan of told('new-department', 'grew')) {
      const added = plan.people.filter((person) => person.since > plan.story.from && person.isUser);
      const before = new Set(
        plan.people.filter((person) => person.since <= plan.story.from).map((person) => person.department),
      );
      expect(
        added.some((person) => !before.has(person.department)),
        plan.profile.id,
      ).toBe(true);
    }
  });

  test('telemetry not connected: nothing is sent', () => {
    for (const plan of told('unconnected', 'none')) {
      for (let day = scene.dawn; day <= scene.today; day += 5) expect(eventsOn(scene, plan, day)).toEqual([]);
    }
  });
});

import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { type FactKindName, readFact } from '#contracts/facts.ts';
import { planAccount } from './account.ts';
import { demoKinds, eventBatches, factBatches, featureRows, rowsOf } from './generate.ts';
import { dayMs, type Scene, sceneOf } from './scene.ts';
import { eventsOn } from './usage.ts';

const options = { seed: 7, accounts: 400, now: Date.parse('2026-03-18T10:00:00Z') };
const scene = sceneOf(options);
const reading = { timeZone: 'UTC', currency: 'USD', moneyUnit: 'minor' } as const;
const plans = Array.from({ length: scene.accounts }, (_, i) => planAccount(scene, i));

function hashOf(values: Iterable<unknown>): string {
  const hash = createHash('sha256');
  for (const value of values) hash.update(JSON.stringify(value));
  return hash.digest('hex');
}

describe('the same demo', () => {
  const small = { ...options, accounts: 25, days: 60 };

  test('comes of the same seed, and another of another', () => {
    const whole = (seed: number) => hashOf([...factBatches({ ...small, seed }), ...eventBatches({ ...small, seed })]);
    expect(whole(7)).toBe(whole(7));
    expect(whole(8)).not.toBe(whole(7));
  });

  test('is told of account i whatever the number of accounts and days', () => {
    const larger = sceneOf({ ...small, accounts: 90_000 });
    for (const i of [0, 7, 24]) {
      expect(planAccount(larger, i)).toEqual(plans[i]);
      expect(rowsOf(larger, planAccount(larger, i))).toEqual(rowsOf(sceneOf(small), plans[i]!));
    }
  });

  test('gives its last days where fewer are asked for', () => {
    const tickets = (scene: Scene) => rowsOf(scene, plans[3]!).tickets;
    const short = sceneOf({ ...options, days: 90 });
    expect(tickets(short)).toEqual(tickets(scene).filter(({ at }) => at >= short.firstDay * dayMs));
    expect([...eventBatches(small)].flat().every(({ at }) => at >= (scene.today - 61) * dayMs)).toBe(true);
  });

  test('has the same events whether plans are kept or made again', () => {
    const many = { ...options, accounts: 5_001, days: 8 };
    const own = new Set(plans.slice(0, 40).map((plan) => plan.profile.id));
    const idsOf = (batches: Iterable<{ id: string; account: string }[]>) => {
      const ids = [];
      for (const batch of batches) for (const { id, account } of batch) if (own.has(account)) ids.push(id);
      return ids.sort();
    };
    expect(idsOf(eventBatches(many))).toEqual(idsOf(eventBatches({ ...many, accounts: 40 })));
  });
});

describe('every fact', () => {
  test('can be sent and imported as it is', () => {
    const problems: unknown[] = [];
    const read = (kind: FactKindName, row: object) => {
      const outcome = readFact(kind, row as Record<string, unknown>, reading);
      if ('reason' in outcome) problems.push({ kind, row, reason: outcome.reason });
    };
    for (const { kind, rows } of factBatches(options)) for (const { row } of rows) read(kind, row);
    for (const row of featureRows()) read('features', row);
    expect(problems.slice(0, 3)).toEqual([]);
  });

  test('has an id of its own, and stands in the order of time', () => {
    const ids = new Set<string>();
    let count = 0;
    for (const plan of plans) {
      const rows = rowsOf(scene, plan);
      for (const kind of demoKinds) {
        const times = rows[kind].map(({ at }) => at);
        expect(times.every(Number.isFinite)).toBe(true);
        expect(times).toEqual([...times].sort((a, b) => a - b));
        if (kind === 'accounts' || kind === 'goals' || kind === 'subscriptions') continue;
        for (const { row } of rows[kind]) ids.add(`${kind}/${(row as { id: string }).id}`);
        count += rows[kind].length;
      }
    }
    expect(ids.size).toBe(count);
    const messages = [...eventBatches({ ...options, accounts: 40, days: 60 })].flat().map(({ id }) => id);
    expect(new Set(messages).size).toBe(messages.length);
    expect(
      messages.every((id) => /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(id)),
    ).toBe(true);
  });

  test('is about people who are known, however long they have been there', () => {
    for (const plan of plans) {
      const known = new Set(rowsOf(scene, plan).contacts.map(({ row }) => row.id));
      for (const day of [plan.known + 30, scene.today - 30])
        for (const { person } of eventsOn(scene, plan, day)) if (person) expect(known).toContain(person);
    }
  });

  test('has occurred by now, but for meetings and renewals that lie ahead', () => {
    for (const { kind, rows } of factBatches(options)) {
      for (const { at, row } of rows) {
        if (kind === 'touchpoints' && 'status' in row && row.status === 'planned')
          expect(at).toBeGreaterThan(scene.now);
        else expect(at).toBeLessThanOrEqual(scene.now);
      }
    }
    for (const batch of eventBatches({ ...options, days: 2 })) {
      expect(Math.max(...batch.map(({ at }) => at))).toBeLessThanOrEqual(scene.now);
    }
  });

  test('begins with the history, so that no chart begins with years of nothing', () => {
    for (const { kind, rows } of factBatches(options)) {
      expect(Math.min(...rows.map(({ at }) => at)), kind).toBeGreaterThanOrEqual(scene.dawn * dayMs);
      for (const { row } of rows)
        if ('start' in row) expect(Date.parse(row.start!)).toBeGreaterThanOrEqual(scene.dawn * dayMs);
    }
  });

  test('lies within the contract, but for payments of what was billed before', () => {
    for (const plan of plans.filter(({ churn }) => churn !== null)) {
      const rows = rowsOf(scene, plan);
      const end = plan.churn! * dayMs;
      for (const kind of [
        'tickets',
        'survey_responses',
        'touchpoints',
        'invoices',
        'stakeholder_changes',
        'intents',
        'goals',
      ] as const) {
        for (const { at } of rows[kind]) expect(at, `${plan.profile.id} ${kind}`).toBeLessThan(end);
      }
      const ofLastDays = [plan.churn! - 2, plan.churn! - 1, plan.churn!].flatMap((day) => eventsOn(scene, plan, day));
      for (const { at } of ofLastDays) expect(at).toBeLessThan(end);
    }
    for (const plan of plans) {
      for (const { at } of eventsOn(scene, plan, plan.known + 1)) expect(at).toBeGreaterThanOrEqual(plan.known * dayMs);
    }
  });
});

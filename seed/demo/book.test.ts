import { beforeAll, describe, expect, test } from 'vitest';
import { weekday } from '#core/calendar/day.ts';
import { planAccount } from './account.ts';
import { termsOn } from './contract.ts';
import { eventBatches } from './generate.ts';
import { profileOf } from './profile.ts';
import { dayMs, sceneOf } from './scene.ts';

const options = { seed: 7, accounts: 400, now: Date.parse('2026-03-18T10:00:00Z') };
const scene = sceneOf(options);
const plans = Array.from({ length: scene.accounts }, (_, i) => planAccount(scene, i));
/** events of each day of UTC, from the dawn on */
const events = new Int32Array(scene.days + 2);

beforeAll(() => {
  for (const batch of eventBatches(options)) for (const { at } of batch) events[Math.floor(at / dayMs) - scene.dawn]!++;
});

describe('the book', () => {
  test('has the shares of tiers that were dealt, and their money', () => {
    const arr = { enterprise: 0, mid_market: 0, smb: 0 };
    const count = { enterprise: 0, mid_market: 0, smb: 0 };
    for (const plan of plans) {
      count[plan.profile.tier]++;
      arr[plan.profile.tier] += ((termsOn(plan.contract, scene.today)?.mrrMinor ?? 0) * 12) / 100;
    }
    expect(count).toEqual({ enterprise: 32, mid_market: 108, smb: 260 });
    const total = arr.enterprise + arr.mid_market + arr.smb;
    expect(total).toBeGreaterThan(12e6);
    expect(total).toBeLessThan(15e6);
    expect(arr.enterprise / total).toBeGreaterThan(0.35);
    expect(arr.smb / total).toBeLessThan(0.25);
  });

  test('names no two accounts alike', () => {
    for (const seed of [7, 8, 9]) {
      const domains = new Set(Array.from({ length: 100_000 }, (_, i) => profileOf(seed, i).domain));
      expect(domains.size).toBe(100_000);
    }
  });

  test('works from Monday to Friday and rests at the turn of the year', () => {
    const byWeekday = [0, 0, 0, 0, 0, 0, 0];
    for (const [n, count] of events.entries()) byWeekday[weekday(scene.dawn + n)]! += count;
    const midweek = (byWeekday[1]! + byWeekday[2]! + byWeekday[3]!) / 3;
    expect(Math.max(byWeekday[5]!, byWeekday[6]!)).toBeLessThan(midweek * 0.12);
    expect(byWeekday[4]!).toBeLessThan(midweek);
    const christmas = Math.floor(Date.parse('2025-12-25') / dayMs);
    const weekBefore = christmas - 14;
    const total = (day: number) => events[day - scene.dawn]!;
    expect(total(christmas)).toBeLessThan(total(weekBefore) * 0.1);
  });

  test('has the events that a quick first load allows', () => {
    const total = events.reduce((all, count) => all + count, 0);
    expect(total).toBeGreaterThan(400_000);
    expect(total).toBeLessThan(750_000);
  });

  test('renews somebody in the coming weeks', () => {
    const near = plans.filter(
      ({ churn, contract }) =>
        churn === null && contract.termMonths >= 12 && contract.terms.at(-1)!.end - scene.today <= 90,
    );
    expect(near.length).toBeGreaterThan(50);
  });
});

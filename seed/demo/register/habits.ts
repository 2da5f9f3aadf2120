/** What the team of the demo does about a risk signal: most is answered in time, some late, a little is wrong or put off. */
import type { RiskAction } from '#core/risk/act.ts';
import type { RiskRule, Urgency } from '#core/risk/rule.ts';
import { dayMs, hourMs } from '#core/risk/signal.ts';
import { Random } from '../random.ts';
import { dismissals, losses, rescues, snoozes } from '../words/risks.ts';

/** Something a member will do, unless the signal is over by then. */
export interface Planned {
  /** epoch ms */
  at: number;
  action: RiskAction;
}

/** Shares of answers, in percent. */
const manners = { inTime: 87, late: 10, veryLate: 3 } as const;
/** Of the time to respond. */
const shares: Readonly<Record<keyof typeof manners, readonly [number, number]>> = {
  inTime: [0.05, 0.65],
  late: [1.05, 2.4],
  veryLate: [3, 12],
};
const sequels: Readonly<Record<Urgency, Record<'none' | 'start' | 'dismiss' | 'snooze', number>>> = {
  critical: { none: 40, start: 52, dismiss: 4, snooze: 4 },
  high: { none: 46, start: 36, dismiss: 9, snooze: 9 },
  medium: { none: 48, start: 22, dismiss: 15, snooze: 15 },
};

/** What a member does from the opening of a signal on. The same account, rule and moment give the same. */
export function answerTo(rule: RiskRule, openedAt: number, seed: number, account: number): Planned[] {
  const random = new Random(seed, 'answer', account, rule.key, Math.floor(openedAt / dayMs));
  const manner = random.weighted(manners);
  const share = random.between(...shares[manner]);
  const wanted = Math.round(openedAt + share * rule.respondWithinHours * hourMs);
  const working = atWork(wanted, random);
  // Mostly somebody looks in on a weekend rather than let an answer be late.
  const isUrged = manner === 'inTime' && working > openedAt + rule.respondWithinHours * hourMs && random.chance(0.75);
  const at = isUrged ? wanted : working;
  const sequel = random.weighted(sequels[rule.urgency]);
  if (sequel === 'dismiss') return [{ at, action: { kind: 'dismiss', reason: random.pick(dismissals) } }];
  const acknowledged: Planned = { at, action: { kind: 'acknowledge' } };
  const next = atWork(at + random.between(0.3, 3) * dayMs, random);
  if (sequel === 'start') return [acknowledged, { at: next, action: { kind: 'start' } }];
  if (sequel === 'none') return [acknowledged];
  const until = Math.round(next + random.whole(10, 35) * dayMs);
  return [acknowledged, { at: next, action: { kind: 'snooze', until, reason: random.pick(snoozes) } }];
}

/** Whoever works on a signal sometimes closes it as saved when its condition has ceased to hold; null = lets it end. */
export function rescueOf(rule: RiskRule, quietAt: number, seed: number, account: number): Planned | null {
  const random = new Random(seed, 'rescue', account, rule.key, Math.floor(quietAt / dayMs));
  if (!random.chance(0.3)) return null;
  return {
    at: atWork(quietAt + random.between(0.8, 4) * dayMs, random),
    action: { kind: 'save', reason: random.pick(rescues) },
  };
}

/** What is still open is closed as lost when the customer is gone. */
export function farewellOf(rule: RiskRule, churnedAt: number, seed: number, account: number): Planned {
  const random = new Random(seed, 'farewell', account, rule.key);
  return {
    at: atWork(churnedAt + random.between(0.2, 2) * dayMs, random),
    action: { kind: 'lose', reason: random.pick(losses) },
  };
}

const firstHour = 8;
const lastHour = 17;

/** The moment, or the next morning of a working day where nobody works then. */
function atWork(at: number, random: Random): number {
  const morning = firstHour + random.between(0.1, 2.5);
  let day = Math.floor(at / dayMs);
  let hour = (at - day * dayMs) / hourMs;
  if (hour >= lastHour) {
    day++;
    hour = morning;
  }
  const dayOfWeek = (((day + 3) % 7) + 7) % 7;
  if (dayOfWeek > 4) {
    day += 7 - dayOfWeek;
    hour = morning;
  }
  return Math.round(day * dayMs + Math.max(hour, morning) * hourMs);
}

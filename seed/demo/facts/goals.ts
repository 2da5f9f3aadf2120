import type { Day } from '#core/calendar/day.ts';
import { type AccountPlan, isCustomer, levelsOn } from '../account.ts';
import { Random } from '../random.ts';
import { dayMs, hourMs, isoOf, type Scene } from '../scene.ts';
import { currency } from '../vendor.ts';
import { type GoalWords, goals } from '../words/goals.ts';
import { type Dated, ifPast, within, workday } from './dated.ts';

const goalDays = 300;
const measureDays = 30;
const shareWithGoals = { smb: 0.3, mid_market: 0.8, enterprise: 0.95 } as const;

/** A row for each measurement of each goal. */
export function goalRows(scene: Scene, plan: AccountPlan): Dated<'goals'>[] {
  const random = new Random(scene.seed, 'goals', plan.profile.index);
  if (plan.story.kind === 'unconnected' || !random.chance(shareWithGoals[plan.profile.tier])) return [];
  const chosen = random.shuffle(goals);
  const at = Math.max(plan.start + 20, scene.dawn);
  const rows: Dated<'goals'>[] = [];
  let number = 0;
  for (let from = at; from < scene.today && isCustomer(plan, from); from += goalDays) {
    const together = plan.profile.tier === 'smb' ? 1 : 2;
    for (let n = 0; n < together; n++, number++)
      rows.push(...measurements(scene, plan, chosen[number % chosen.length]!, from, number));
  }
  return within(scene, rows);
}

function measurements(scene: Scene, plan: AccountPlan, goal: GoalWords, from: Day, number: number): Dated<'goals'>[] {
  const random = new Random(scene.seed, 'goal', plan.profile.index, number);
  const due = from + goalDays;
  const common = {
    account: plan.profile.id,
    id: `${plan.profile.id}-g${number + 1}`,
    ...goal,
    startedAt: isoOf(from * dayMs + 9 * hourMs),
    dueAt: isoOf(due * dayMs + 9 * hourMs),
    closedAt: ifPast(scene, due * dayMs + 9 * hourMs),
    currency,
  };
  const talent = random.normal(0, 0.1);
  const rows: Dated<'goals'>[] = [{ at: from * dayMs + 9 * hourMs, row: common }];
  let reached = 0;
  for (let day = from + measureDays; day <= due && isCustomer(plan, day + 3); day += measureDays) {
    reached += (measureDays / goalDays) * (0.38 + 0.92 * levelsOn(plan, day - measureDays / 2).outcome + talent);
    const value = goal.baseline + (goal.target - goal.baseline) * reached * random.between(0.98, 1.02);
    const at = workday(day) * dayMs + 10 * hourMs;
    const isProof = reached > 0.5 && day === from + 6 * measureDays;
    rows.push({
      at,
      row: {
        ...common,
        measuredAt: isoOf(at),
        value: Math.round(value * 100) / 100,
        ...(isProof && {
          valueAmount: Math.round(random.between(1.2, 4) * valueBase(plan)) * 100_00,
          confirmed: random.chance(0.7),
          evidence: 'Figures from their quarterly review.',
        }),
      },
    });
  }
  return rows;
}

/** Hundreds of dollars a year that the contract costs. */
function valueBase({ contract }: AccountPlan): number {
  return (contract.terms.at(-1)!.changes.at(-1)!.mrrMinor * 12) / 100_00;
}

import type { Day } from '#core/calendar/day.ts';
import { type AccountPlan, isCustomer, levelsOn } from '../account.ts';
import { isThere, type Person } from '../people.ts';
import { clamp, Random } from '../random.ts';
import { dayMs, isoOf, type Scene } from '../scene.ts';
import { comments } from '../words/comments.ts';
import { atWork, type Dated, within, workday } from './dated.ts';

const waveDays = 182;
const mostAnswers = 6;

/** NPS in waves of half a year, and CSAT after tickets. */
export function surveyRows(
  scene: Scene,
  plan: AccountPlan,
  tickets: readonly Dated<'tickets'>[],
): Dated<'survey_responses'>[] {
  const first = Math.max(plan.start + 45, scene.dawn + 10 + ((plan.profile.index * 37) % waveDays));
  const rows: Dated<'survey_responses'>[] = [];
  for (let day = first; day <= scene.today; day += waveDays)
    if (isCustomer(plan, day + 14)) rows.push(...wave(scene, plan, day));
  return within(scene, [...rows, ...afterTickets(scene, plan, tickets)]);
}

function wave(scene: Scene, plan: AccountPlan, day: Day): Dated<'survey_responses'>[] {
  const random = new Random(scene.seed, 'nps', plan.profile.index, day);
  const { mood } = levelsOn(plan, day);
  const asked = plan.people.filter((person) => isThere(person, day + 14) && !person.roles.includes('billing'));
  const answering = asked.filter((person) => random.chance(person.roles.includes('end_user') ? 0.14 : 0.45));
  return answering.slice(0, mostAnswers).map((person) => {
    const bias = person.roles.includes('champion') ? 0.7 : 0;
    const score = Math.round(clamp(10 * (0.47 + 0.53 * mood) + bias + random.normal(0, 1), 0, 10));
    const at = atWork(plan, workday(day + random.whole(0, 11)), random);
    const pool = score >= 9 ? comments.promoter : score >= 7 ? comments.passive : comments.detractor;
    return {
      at,
      row: {
        ...answerOf(plan, person, `${plan.profile.id}-n${day}-${person.index}`, at),
        kind: 'nps',
        survey: 'Relationship',
        score,
        channel: random.pick(['in-app', 'email']),
        ...(random.chance(0.55) && { comment: random.pick(pool) }),
      },
    };
  });
}

function answerOf(plan: AccountPlan, person: Person, id: string, at: number) {
  return { account: plan.profile.id, id, contact: person.id, email: person.email, answeredAt: isoOf(at) };
}

function afterTickets(
  scene: Scene,
  plan: AccountPlan,
  tickets: readonly Dated<'tickets'>[],
): Dated<'survey_responses'>[] {
  return tickets.flatMap(({ at: openedAt, row }) => {
    const random = new Random(scene.seed, 'csat', row.id ?? '');
    const solvedAt = row.solvedAt?.at(-1);
    const person = plan.people.find((one) => one.id === row.contact);
    if (!solvedAt || !person || !random.chance(0.32)) return [];
    const at = Date.parse(solvedAt) + Math.round(random.between(0.02, 0.9) * dayMs);
    const { mood } = levelsOn(plan, Math.floor(openedAt / dayMs));
    const score = Math.round(clamp(2.1 + 3.1 * mood + random.normal(0, 0.7), 1, 5));
    const comment = random.chance(0.3) && {
      comment: random.pick(score >= 4 ? comments.satisfied : comments.unsatisfied),
    };
    const answer = answerOf(plan, person, `${row.id}-c`, at);
    if (plan.churn !== null && at >= plan.churn * dayMs) return [];
    return [
      { at, row: { ...answer, kind: 'csat' as const, survey: 'After a ticket', score, channel: 'email', ...comment } },
    ];
  });
}

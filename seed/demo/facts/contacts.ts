import type { AccountPlan } from '../account.ts';
import type { Person } from '../people.ts';
import { Random } from '../random.ts';
import { dayMs, isoOf, type Scene } from '../scene.ts';
import type { Dated } from './dated.ts';

/** One row a person, with the day they went. */
export function contactRows(scene: Scene, plan: AccountPlan): Dated<'contacts'>[] {
  const known = plan.people.filter(
    ({ since, left }) => since <= scene.today && (left === null || left > Math.max(since, plan.known)),
  );
  return known
    .map((person) => ({ at: sinceOf(plan, person), row: rowOf(scene, plan, person) }))
    .sort((a, b) => a.at - b.at);
}

function sinceOf(plan: AccountPlan, person: Person): number {
  return Math.max(person.since, plan.known) * dayMs;
}

function rowOf(scene: Scene, plan: AccountPlan, person: Person): Dated<'contacts'>['row'] {
  const random = new Random(scene.seed, 'contact', plan.profile.index, person.index);
  const decides = person.roles.some((role) => role !== 'end_user' && role !== 'admin' && role !== 'billing');
  const mood = plan.base.mood + random.normal(0, 0.15);
  return {
    account: plan.profile.id,
    id: person.id,
    email: person.email,
    name: person.name,
    title: person.title,
    roles: person.roles,
    seniority: seniorityOf(person.title),
    influence: decides ? (person.roles.includes('champion') ? 'medium' : 'high') : 'low',
    ...(decides && { sentiment: mood > 0.62 ? 'positive' : mood > 0.38 ? 'neutral' : 'negative' }),
    optedOut: random.chance(0.02),
    isUser: person.isUser,
    since: isoOf(sinceOf(plan, person)),
    ...(person.left !== null && person.left <= scene.today && { leftAt: isoOf(person.left * dayMs) }),
    attributes: { department: person.department },
  };
}

function seniorityOf(title: string) {
  if (/^Chief|^Managing/.test(title)) return 'c_level' as const;
  if (title.startsWith('VP')) return 'vp' as const;
  if (/^Director|^Head/.test(title)) return 'director' as const;
  return /Manager|Lead|Controller/.test(title) ? ('manager' as const) : ('individual' as const);
}

import type { Day } from '#core/calendar/day.ts';
import { type AccountPlan, isCustomer } from '../account.ts';
import { Random } from '../random.ts';
import { dayMs, hourMs, isoOf, type Scene } from '../scene.ts';
import { atWork, type Dated, ifPast, within } from './dated.ts';

/** People who went or came where it matters. */
export function stakeholderRows(scene: Scene, plan: AccountPlan): Dated<'stakeholder_changes'>[] {
  const left = plan.beats.departures.map(({ role, day, detail }) => {
    const person = plan.people.find((one) => one.roles.includes(role) && one.left === day);
    const kind = role === 'champion' ? ('champion_left' as const) : ('sponsor_left' as const);
    return change(plan, kind, day, detail, person && { contact: person.id, email: person.email });
  });
  const others = plan.beats.changes.map(({ kind, day, detail }) => change(plan, kind, day, detail));
  return within(
    scene,
    [...left, ...others, ...byChance(scene, plan)].filter(({ at }) => isCustomer(plan, Math.floor(at / dayMs))),
  );
}

/** Executives change without any story, too: one in twelve accounts in these months. */
function byChance(scene: Scene, plan: AccountPlan): Dated<'stakeholder_changes'>[] {
  const random = new Random(scene.seed, 'chance changes', plan.profile.index);
  if (plan.profile.tier === 'smb' || !random.chance(0.12)) return [];
  return [
    change(plan, 'new_executive', scene.dawn + random.whole(0, scene.today - scene.dawn), 'New chief product officer.'),
  ];
}

function change(
  plan: AccountPlan,
  kind: 'champion_left' | 'sponsor_left' | 'new_executive' | 'role_change' | 'decision_maker_left',
  day: Day,
  detail: string,
  person: { contact: string; email: string } | undefined = undefined,
): Dated<'stakeholder_changes'> {
  const at = day * dayMs + 9 * hourMs;
  return {
    at,
    row: { account: plan.profile.id, id: `${plan.profile.id}-${kind}-${day}`, kind, detail, at: isoOf(at), ...person },
  };
}

/** What they were heard to plan. Most who leave say so some weeks before. */
export function intentRows(scene: Scene, plan: AccountPlan): Dated<'intents'>[] {
  const random = new Random(scene.seed, 'intents', plan.profile.index);
  const heard = [...plan.beats.intents];
  const hasSaid = heard.some(({ kind }) => kind === 'cancellation');
  if (plan.churn !== null && !hasSaid && random.chance(0.65)) {
    const detail = 'Told us that the contract will not be renewed.';
    heard.push({ kind: 'cancellation', day: plan.churn - random.whole(12, 40), resolvedOn: null, detail });
  }
  if (plan.story.outcome === 'open' && plan.story.kind !== 'champion-left' && random.chance(0.12)) {
    const detail = 'Asked how to cancel.';
    heard.push({ kind: 'cancellation', day: scene.today - random.whole(0, 12), resolvedOn: null, detail });
  }
  const rows = heard.map(({ kind, day, resolvedOn, detail }, n): Dated<'intents'> => {
    const at = atWork(plan, day, random);
    const resolvedAt = resolvedOn === null ? null : ifPast(scene, Math.max(at, resolvedOn * dayMs + 12 * hourMs));
    return {
      at,
      row: { account: plan.profile.id, id: `${plan.profile.id}-w${n + 1}`, kind, detail, at: isoOf(at), resolvedAt },
    };
  });
  return within(
    scene,
    rows.filter(({ at }) => isCustomer(plan, Math.floor(at / dayMs))),
  );
}

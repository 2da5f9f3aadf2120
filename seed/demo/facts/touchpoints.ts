import type { Day } from '#core/calendar/day.ts';
import { toIso } from '#core/calendar/day.ts';
import { type AccountPlan, isCustomer, levelsOn } from '../account.ts';
import { holderOf, isThere, type Person } from '../people.ts';
import { clamp, Random } from '../random.ts';
import { dayMs, hourMs, isoOf, type Scene } from '../scene.ts';
import * as words from '../words/touchpoints.ts';
import { atWork, type Dated, ifPast, type Row, within, workday } from './dated.ts';

type Touch = Dated<'touchpoints'>;
type Kind = NonNullable<Row<'touchpoints'>['kind']>;

/** Days from one to the next: how each tier is looked after. */
const rhythm = {
  smb: { email: 34, call: null, review: null, training: 120 },
  mid_market: { email: 24, call: 40, review: 150, training: 90 },
  enterprise: { email: 13, call: 28, review: 91, training: 75 },
} as const;
const renewalDays = 75;
const renewalEveryDays = 13;

export function touchpointRows(scene: Scene, plan: AccountPlan): Touch[] {
  const first = Math.max(plan.start, scene.dawn - 60);
  const every = rhythm[plan.profile.tier];
  const rows: Touch[] = [];
  const repeat = (kind: string, days: number | null, make: (day: Day, random: Random) => Touch[]) => {
    if (days === null) return;
    const offset = new Random(scene.seed, 'rhythm', kind, plan.profile.index).whole(4, days);
    for (let day = first + offset; day <= scene.today + 45; day += days) {
      const random = new Random(scene.seed, kind, plan.profile.index, day);
      const on = workday(day + random.whole(-3, 3));
      if (isCustomer(plan, on - 1) && isCustomer(plan, on + 1)) rows.push(...make(on, random));
    }
  };
  repeat('email', every.email, (day, random) => [email(scene, plan, day, random, words.emails)]);
  repeat('call', every.call, (day, random) => [meeting(scene, plan, 'call', day, random)]);
  repeat('review', every.review, (day, random) => review(scene, plan, day, random));
  repeat('training', every.training, (day, random) => training(scene, plan, day, random));
  repeat('inbound', 70, (day, random) => inbound(scene, plan, day, random));
  rows.push(...kickoff(scene, plan), ...beforeRenewal(scene, plan));
  return [...within(scene, rows), ...rows.filter(isAhead(scene)).sort((a, b) => a.at - b.at)];
}

/** Meetings of the next weeks stand in the calendar; e-mails are not written yet. */
function isAhead(scene: Scene) {
  return ({ at, row }: Touch) => at > scene.now && row.kind !== 'email' && row.status === 'planned';
}

/** Whom we talk to on a day, the most important first. */
function partners(plan: AccountPlan, day: Day): Person[] {
  const roles = ['champion', 'decision_maker', 'executive_sponsor', 'admin'] as const;
  const found = roles.map((role) => holderOf(plan.people, role, day)).filter((person) => person !== null);
  const anybody = plan.people.filter((person) => person.isUser && isThere(person, day)).slice(0, 1);
  return [...new Set(found.length > 0 ? found : anybody)];
}

function email(scene: Scene, plan: AccountPlan, day: Day, random: Random, subjects: readonly string[]): Touch {
  const at = atWork(plan, day, random);
  const { engagement } = levelsOn(plan, day);
  const answers = random.chance(clamp(0.12 + 1.05 * engagement, 0, 0.97));
  const hours = random.around(4 + 95 * (1 - engagement) ** 1.6, 0.6);
  return touch(plan, 'email', at, {
    subject: random.pick(subjects),
    heldAt: isoOf(at),
    status: 'held',
    direction: 'outbound',
    invited: partners(plan, day)
      .slice(0, 1)
      .map(({ email: address }) => address),
    ...(answers && { repliedAt: ifPast(scene, Math.round(at + hours * hourMs)) }),
  });
}

function inbound(scene: Scene, plan: AccountPlan, day: Day, random: Random): Touch[] {
  const { engagement } = levelsOn(plan, day);
  const [sender] = partners(plan, day);
  const at = atWork(plan, day, random);
  if (!sender || at > scene.now || !random.chance(engagement * 0.7)) return [];
  const fields = {
    heldAt: isoOf(at),
    status: 'held',
    direction: 'inbound',
    subject: random.pick(words.inboundEmails),
  } as const;
  return [touch(plan, 'email', at, { ...fields, invited: [sender.email] })];
}

function meeting(scene: Scene, plan: AccountPlan, kind: Kind, day: Day, random: Random, subject?: string): Touch {
  const at = Math.round(atWork(plan, day, random) / (hourMs / 2)) * (hourMs / 2);
  const { engagement, mood } = levelsOn(plan, day);
  const isReview = kind === 'qbr' || kind === 'ebr';
  const invited = partners(plan, day).slice(0, isReview ? 4 : 2);
  const comes = clamp((isReview ? 0.1 : 0.4) + (isReview ? 0.9 : 0.75) * engagement, 0, 0.97);
  const attended = at > scene.now ? [] : invited.filter(() => random.chance(comes));
  const emails = (people: readonly Person[]) => people.map((person) => person.email);
  const status = at > scene.now ? 'planned' : attended.length > 0 ? 'held' : 'no_show';
  return touch(plan, kind, at, {
    subject: subject ?? random.pick(words.calls),
    plannedAt: isoOf(at),
    status,
    direction: 'outbound',
    invited: emails(invited),
    attended: emails(attended),
    ...(status === 'held' && heldFields(at, day, mood, isReview, random)),
  });
}

function heldFields(at: number, day: Day, mood: number, isReview: boolean, random: Random): Row<'touchpoints'> {
  const tone = mood > 0.6 ? 'good' : mood > 0.3 ? 'mixed' : 'bad';
  return {
    heldAt: isoOf(at),
    outcome: random.pick(words.outcomes[tone]),
    ...(isReview && {
      nextMilestone: random.pick(words.milestones),
      nextMilestoneDay: toIso(workday(day + random.whole(20, 60))),
    }),
  };
}

/** A review; one in ten is moved by a week. */
function review(scene: Scene, plan: AccountPlan, day: Day, random: Random): Touch[] {
  const kind = plan.profile.tier === 'enterprise' && random.chance(0.25) ? 'ebr' : 'qbr';
  const title = kind === 'ebr' ? 'Executive business review' : 'Business review';
  const held = meeting(scene, plan, kind, day, random, title);
  if (held.at > scene.now || !random.chance(0.1)) return [held];
  const moved = touch(plan, kind, held.at - 7 * dayMs, {
    subject: title,
    plannedAt: isoOf(held.at - 7 * dayMs),
    status: 'moved',
    direction: 'outbound',
    invited: held.row.invited ?? [],
  });
  return moved.at >= plan.start * dayMs ? [moved, held] : [held];
}

function training(scene: Scene, plan: AccountPlan, day: Day, random: Random): Touch[] {
  const { usage, adoption } = levelsOn(plan, day);
  const users = plan.people.filter((person) => person.isUser && isThere(person, day));
  const attended = users.filter(() => random.chance(0.3 * usage * adoption)).map((person) => person.email);
  const at = Math.round(atWork(plan, day, random) / hourMs) * hourMs;
  if (attended.length === 0 || at > scene.now) return [];
  const kind = random.pick(['training', 'webinar', 'office_hours'] as const);
  const fields = {
    plannedAt: isoOf(at),
    heldAt: isoOf(at),
    status: 'held',
    direction: 'outbound',
    invited: attended,
  } as const;
  return [touch(plan, kind, at, { ...fields, attended, subject: random.pick(words.trainings) })];
}

function kickoff(scene: Scene, plan: AccountPlan): Touch[] {
  const random = new Random(scene.seed, 'kickoff', plan.profile.index);
  const day = workday(plan.start + random.whole(2, 8));
  if (plan.profile.tier === 'smb' && random.chance(0.4)) return [];
  return isCustomer(plan, day) ? [meeting(scene, plan, 'kickoff', day, random, 'Kickoff')] : [];
}

/** The nearer the renewal, the more often we speak with those who decide on it. */
function beforeRenewal(scene: Scene, plan: AccountPlan): Touch[] {
  if (plan.contract.termMonths < 12) return [];
  return plan.contract.terms.flatMap(({ end }) => {
    const touches: Touch[] = [];
    for (let day = end - renewalDays; day < end - 5; day += renewalEveryDays) {
      const random = new Random(scene.seed, 'renewal', plan.profile.index, day);
      const on = workday(day);
      const isCall = plan.profile.tier !== 'smb' && random.chance(0.5);
      if (isCall) touches.push(meeting(scene, plan, 'call', on, random, 'Renewal call'));
      else touches.push(email(scene, plan, on, random, words.renewalEmails));
    }
    return touches.filter(({ at }) => isCustomer(plan, Math.floor(at / dayMs)));
  });
}

function touch(plan: AccountPlan, kind: Kind, at: number, fields: Row<'touchpoints'>): Touch {
  return { at, row: { account: plan.profile.id, id: `${plan.profile.id}-${kind}-${at}`, kind, ...fields } };
}

import type { Day } from '#core/calendar/day.ts';
import { type AccountPlan, isCustomer, levelsOn } from '../account.ts';
import { isThere } from '../people.ts';
import { clamp, Random } from '../random.ts';
import { dayMs, hourMs, isoOf, type Scene } from '../scene.ts';
import { everyday, subjects, type TicketTheme } from '../words/tickets.ts';
import { atWork, type Dated, ifPast, within, workday } from './dated.ts';

interface Request {
  day: Day;
  theme: TicketTheme;
  severity: 'low' | 'normal' | 'high' | 'urgent';
  staysOpen: boolean;
}

/** In 30 days, where the mood is good. */
const usualRate = { smb: 0.28, mid_market: 0.65, enterprise: 1.2 } as const;
const spell = 30;

export function ticketRows(scene: Scene, plan: AccountPlan): Dated<'tickets'>[] {
  const requests = [...everydayRequests(scene, plan), ...storyRequests(scene, plan)].sort((a, b) => a.day - b.day);
  return within(
    scene,
    requests.map((request, n) => ticketOf(scene, plan, request, n)),
  );
}

/** Requests as they come anyway, spell by spell counted from the account's first day. */
function everydayRequests(scene: Scene, plan: AccountPlan): Request[] {
  const requests: Request[] = [];
  for (let from = Math.max(plan.start, scene.dawn); from <= scene.today; from += spell) {
    const random = new Random(scene.seed, 'tickets', plan.profile.index, from);
    const { mood, usage } = levelsOn(plan, from + spell / 2);
    const rate = usualRate[plan.profile.tier] * (0.75 + 1.1 * (1 - mood)) * (usage > 0.05 ? 1 : 0.3);
    const isNew = from < plan.start + 60 ? 1.6 : 1;
    for (let count = random.poisson(rate * isNew); count > 0; count--) {
      const day = workday(from + random.whole(0, spell - 1));
      const severity = random.weighted({ low: 26, normal: 56, high: 8 + 14 * (1 - mood), urgent: 2 + 3 * (1 - mood) });
      requests.push({ day, theme: random.weighted(everyday), severity, staysOpen: false });
    }
  }
  return requests.filter(({ day }) => isCustomer(plan, day));
}

/** Requests of the story, and for most of those who leave the one to be let go. */
function storyRequests(scene: Scene, plan: AccountPlan): Request[] {
  const random = new Random(scene.seed, 'story tickets', plan.profile.index);
  const requests = plan.beats.tickets.map(({ day, theme, severity, staysOpen }) => ({
    day: workday(day),
    theme,
    severity: severity ?? 'normal',
    staysOpen: staysOpen ?? false,
  }));
  if (plan.churn !== null && random.chance(0.6)) {
    const day = workday(plan.churn - random.whole(15, 45));
    requests.push({ day, theme: 'cancellation', severity: 'normal', staysOpen: false });
  }
  return requests.filter(({ day }) => isCustomer(plan, day));
}

/** Hours to the first answer. */
const answerHours = { low: 11, normal: 6, high: 2.5, urgent: 0.8 } as const;
const solveHours = { low: 60, normal: 34, high: 26, urgent: 14 } as const;

function ticketOf(scene: Scene, plan: AccountPlan, request: Request, n: number): Dated<'tickets'> {
  const { day, theme, severity, staysOpen } = request;
  const random = new Random(scene.seed, 'ticket', plan.profile.index, day, n);
  const { mood } = levelsOn(plan, day);
  const strain = 1 + 1.2 * (1 - mood);
  const at = atWork(plan, day, random);
  const answered = at + random.around(answerHours[severity] * strain, 0.6) * hourMs;
  const solved = answered + random.around(solveHours[severity] * strain, 0.6) * hourMs;
  const reopens = random.chance(0.05 + 0.16 * (1 - mood));
  const reopened = solved + random.between(6, 70) * hourMs;
  const again = reopened + random.around(30, 0.5) * hourMs;
  const isSevere = severity === 'high' || severity === 'urgent';
  const escalates = random.chance(isSevere ? 0.04 + 0.3 * (1 - mood) : 0.01);
  const requester = requesterOf(plan, day, random);
  const times = (...list: number[]) =>
    staysOpen
      ? []
      : list
          .map(Math.round)
          .filter((time) => time <= scene.now)
          .map(isoOf);
  return {
    at,
    row: {
      account: plan.profile.id,
      id: `${plan.profile.id}-t${n + 1}`,
      ...(requester && { contact: requester.id, email: requester.email }),
      subject: random.pick(subjects[theme]).replace('{n}', String(random.whole(2, 9))),
      severity,
      category: theme,
      ...(random.chance(0.92) && { sentiment: toneOf(mood, theme, random) }),
      openedAt: isoOf(at),
      firstResponseAt: ifPast(scene, Math.round(answered)),
      solvedAt: reopens ? times(solved, again) : times(solved),
      reopenedAt: reopens ? times(reopened) : [],
      ...(escalates && { escalatedAt: ifPast(scene, Math.round(at + random.between(0.3, 1.5) * dayMs)) }),
    },
  };
}

function toneOf(mood: number, theme: TicketTheme, random: Random): number {
  const tone = -0.5 + 1.02 * mood + (theme === 'how-to' ? 0.08 : 0) + random.normal(0, 0.2);
  return Math.round(clamp(tone, -1, 1) * 100) / 100;
}

function requesterOf(plan: AccountPlan, day: Day, random: Random) {
  const users = plan.people.filter((person) => person.isUser && isThere(person, day));
  return users.length === 0 ? null : random.pick(users);
}

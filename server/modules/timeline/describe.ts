/** What a line of the timeline says. Pure: the tests are a table. */
import type { z } from 'zod';
import type { timelineItem } from '#contracts/timeline.ts';
import { shownScore } from '#core/health/shown-score.ts';
import { minorDigits, toMajor } from '#core/money/money.ts';
import type { TimelineKind } from './sources.ts';

type Item = z.infer<typeof timelineItem>;
export type Line = Pick<Item, 'title' | 'detail' | 'tone'> & Partial<Pick<Item, 'count' | 'people'>>;

/** What a source gives; each reads the keys that its query writes. */
export type Data = Readonly<Record<string, unknown>>;
type Tone = Item['tone'];

/** In English, with numbers, money and dates as `locale` (BCP 47) writes them. */
export function describe(kind: TimelineKind, data: Data, locale = 'en'): Line {
  return describers[kind](data, locale);
}

const describers: Readonly<Record<TimelineKind, (data: Data, locale: string) => Line>> = {
  usage: (data, locale) => {
    const { events, logins, sessions, features } = data as Record<string, number>;
    const people = data.users as number | null;
    // users are those of all events of the day, not only of its logins: the two never stand in one phrase
    const said = [
      people ? `${counted(people, 'person', 'people', locale)} active` : null,
      logins! > 0 ? counted(logins!, 'login', 'logins', locale) : null,
      events! > 0 ? counted(events!, 'event', 'events', locale) : null,
      sessions! > 0 ? counted(sessions!, 'session', 'sessions', locale) : null,
      features! > 0 ? `${counted(features!, 'feature', 'features', locale)} used` : null,
    ].filter((one) => one !== null);
    const count = Math.round((logins! > 0 ? logins : events)!);
    return { title: said[0] ?? 'Active', detail: listed(said.slice(1)), tone: 'neutral', count, people };
  },

  ticket: ({ what, subject, severity, category, contact }) => {
    const isUrgent = severity === 'high' || severity === 'urgent';
    const name = `${severity === 'normal' || severity === 'low' ? 'Ticket' : `${capital(severity)} ticket`} ${what}`;
    const tone: Tone = what === 'solved' ? 'good' : what !== 'opened' || isUrgent ? 'bad' : 'neutral';
    return { title: titled(name, subject), detail: listed([contact, category]), tone };
  },

  survey: ({ kind, survey, score, min, max, satisfied, highIsEasy, comment, contact }) => {
    const name = kind === 'custom' ? String(survey ?? 'Survey') : String(kind).toUpperCase();
    const title = `${name} ${score} of ${max}${contact ? ` from ${contact}` : ''}`;
    const share = (Number(score) - Number(min)) / (Number(max) - Number(min));
    return { title, detail: text(comment), tone: surveyTone(kind, Number(score), share, satisfied, highIsEasy) };
  },

  touchpoint: ({ kind, status, direction, subject, outcome, attended }, locale) => {
    const name = touchpointNames[String(kind)] ?? capital(kind);
    const said = status === 'held' ? (direction === 'inbound' ? 'from the customer' : '') : statusNames[String(status)];
    const people = Number(attended) > 0 ? `${counted(Number(attended), 'person', 'people', locale)} attended` : null;
    const tone: Tone = status === 'no_show' ? 'bad' : status === 'held' ? 'good' : 'neutral';
    return { title: titled(`${name}${said ? ` ${said}` : ''}`, subject), detail: listed([outcome, people]), tone };
  },

  invoice: ({ what, amount, currency, due }, locale) => ({
    title: `Invoice of ${money(amount, currency, locale)} ${what === 'settled' ? 'no longer disputed' : what}`,
    detail: what === 'issued' ? `due ${date(due, locale)}` : null,
    tone: what === 'disputed' ? 'bad' : what === 'settled' ? 'good' : 'neutral',
  }),

  payment: ({ failed, amount, currency }, locale) => ({
    title: `Payment of ${money(amount, currency, locale)} ${failed ? 'failed' : 'received'}`,
    detail: null,
    tone: failed ? 'bad' : 'good',
  }),

  subscription: ({ what, product, plan, quantity, unit, mrr, currency, oldPlan, oldQuantity, oldMrr }, locale) => {
    const named = listed([
      plan,
      quantity === null || quantity === undefined ? null : `${quantity} ${unit ?? ''}`.trim(),
    ]);
    if (what === 'ended') return { title: `${product} ended`, detail: null, tone: 'bad' };
    const price = `${money(mrr, currency, locale)} a month`;
    if (what === 'started') return { title: `${product} started`, detail: listed([named, price]), tone: 'good' };
    const grew = Number(mrr) - Number(oldMrr ?? mrr);
    const changes = listed([
      plan === oldPlan ? null : `plan ${oldPlan ?? 'none'} → ${plan ?? 'none'}`,
      quantity === oldQuantity ? null : `${unit ?? 'quantity'} ${oldQuantity ?? 'none'} → ${quantity ?? 'none'}`,
      grew === 0 ? null : `${money(oldMrr, currency, locale)} → ${price}`,
    ]);
    const verb = grew > 0 ? 'expanded' : grew < 0 ? 'contracted' : 'changed';
    return { title: `${product} ${verb}`, detail: changes, tone: grew > 0 ? 'good' : grew < 0 ? 'bad' : 'neutral' };
  },

  stakeholder: ({ kind, detail, contact }) => ({
    title: titled(stakeholderNames[String(kind)] ?? capital(kind), contact),
    detail: text(detail),
    tone: String(kind).endsWith('left') ? 'bad' : 'neutral',
  }),

  intent: ({ what, kind, detail }) => ({
    title: `${intentNames[String(kind)] ?? capital(kind)}${what === 'resolved' ? ' resolved' : ''}`,
    detail: text(detail),
    tone: what === 'resolved' ? 'good' : 'bad',
  }),

  goal: ({ what, objective, metric, target, value, amount, currency, evidence }, locale) => {
    if (what !== 'measured') {
      const aim = target === null || target === undefined ? metric : measured(metric ?? 'target', target, ': ');
      return { title: `Goal ${what}: ${objective}`, detail: text(aim), tone: 'neutral' };
    }
    const measure =
      amount === null || amount === undefined ? measured(metric ?? 'value', value) : money(amount, currency, locale);
    return { title: `${objective}: ${measure}`, detail: text(evidence), tone: 'good' };
  },

  note: ({ author, body }) => ({ title: `Note by ${author}`, detail: text(body), tone: 'neutral' }),

  health: ({ scorecard, from, to, score, bands }) => {
    const order = (bands ?? []) as { key: string; name: string; lower: number }[];
    const place = (key: unknown) => order.findIndex((band) => band.key === key);
    const name = (key: unknown) => order[place(key)]?.name ?? String(key);
    const of = scorecard ? `${scorecard}: health` : 'Health';
    if (to === null) return { title: `${of} no longer has enough data for a score`, detail: null, tone: 'neutral' };
    const detail = score === null ? null : `score ${shownScore(Number(score), order)}`;
    if (from === null) return { title: `${of} is ${name(to)}`, detail, tone: 'neutral' };
    const tone: Tone = place(from) < 0 || place(to) < 0 ? 'neutral' : place(to) < place(from) ? 'good' : 'bad';
    return { title: `${of} went from ${name(from)} to ${name(to)}`, detail, tone };
  },

  risk: ({ kind, title, by, reason }) => ({
    title: `${riskNames[String(kind)] ?? `Risk ${String(kind).replaceAll('_', ' ')}`}: ${title}`,
    detail: listed([by ? `by ${by}` : null, reason]),
    tone: riskTones[String(kind)] ?? 'neutral',
  }),

  change: ({ field, value, by, reason }) => ({
    title: value === null ? `${capital(field)} removed` : `${capital(field)} is now ${String(value).replace('_', '-')}`,
    detail: listed([by ? `by ${by}` : null, reason]),
    tone: 'neutral',
  }),
};

/** A metric with its value: the unit that its name ends with ("Trial to paid, %") stands behind the value. */
function measured(metric: unknown, value: unknown, between = ' '): string {
  const [, name = String(metric), unit = ''] = /^(.+), ([^,]+)$/.exec(String(metric)) ?? [];
  const written =
    typeof value === 'number' ? String(Math.round(value * 10) / 10).replace('-', '\u2212') : String(value);
  return `${name}${between}${written}${unit === '%' || unit === '' ? unit : ` ${unit}`}`;
}

const touchpointNames: Readonly<Record<string, string>> = {
  ...{ email: 'E-mail', qbr: 'QBR', ebr: 'EBR', office_hours: 'Office hours' },
};
const statusNames: Readonly<Record<string, string>> = {
  ...{ planned: 'planned', no_show: 'missed by the customer', cancelled: 'cancelled', moved: 'moved' },
};
const stakeholderNames: Readonly<Record<string, string>> = {
  champion_left: 'Champion left',
  new_executive: 'New executive',
  role_change: 'Role changed',
  sponsor_left: 'Executive sponsor left',
  decision_maker_left: 'Decision maker left',
};
const intentNames: Readonly<Record<string, string>> = {
  competitor: 'Evaluates a competitor',
  budget_cut: 'Budget cut',
  restructuring: 'Restructuring',
  downgrade: 'Asked to downgrade',
  cancellation: 'Asked to cancel',
};
const riskNames: Readonly<Record<string, string>> = {
  opened: 'Risk opened',
  evidence_added: 'New evidence for risk',
  urgency_changed: 'Urgency changed',
  breached: 'No response in time to risk',
  started: 'Work began on risk',
  unacknowledged: 'Acknowledgement taken back for risk',
  unstarted: 'Work ended on risk',
  snooze_ended: 'Snooze ended for risk',
};
const riskTones: Readonly<Record<string, Tone>> = {
  ...{ opened: 'bad', reopened: 'bad', breached: 'bad', lost: 'bad', resolved: 'good', saved: 'good' },
};

/** NPS by its own classes, CES by effort, others by what counts as satisfied, or the top and bottom of the scale. */
function surveyTone(kind: unknown, score: number, share: number, satisfied: unknown, highIsEasy: unknown): Tone {
  if (kind === 'nps') return score >= 9 ? 'good' : score <= 6 ? 'bad' : 'neutral';
  if (typeof satisfied === 'number') return score >= satisfied ? 'good' : 'bad';
  const good = kind === 'ces' && highIsEasy === false ? 1 - share : share;
  return good >= 0.75 ? 'good' : good <= 0.25 ? 'bad' : 'neutral';
}

function counted(n: number, one: string, many: string, locale: string): string {
  return `${Math.round(n).toLocaleString(locale)} ${Math.round(n) === 1 ? one : many}`;
}

function money(amountMinor: unknown, currency: unknown, locale: string): string {
  const code = String(currency);
  const amount = toMajor(Number(amountMinor), code);
  const digits = Number.isInteger(amount) ? 0 : minorDigits(code);
  const format = {
    style: 'currency',
    currency: code,
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  } as const;
  return amount.toLocaleString(locale, format);
}

function date(day: unknown, locale: string): string {
  const format = { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' } as const;
  return new Date(String(day)).toLocaleDateString(locale, format);
}

function titled(name: string, subject: unknown): string {
  return subject ? `${name}: ${subject}` : name;
}

function text(value: unknown): string | null {
  return value === null || value === undefined || value === '' ? null : String(value);
}

function listed(parts: readonly unknown[]): string | null {
  return text(parts.filter(Boolean).join(' · '));
}

function capital(word: unknown): string {
  const said = String(word).replaceAll('_', ' ');
  return said.charAt(0).toUpperCase() + said.slice(1);
}

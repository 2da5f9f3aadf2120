/** What matters now about an account, in sentences: the header of its page. */
import type { Band } from '#core/health/scorecard.ts';
import { shownScore } from '#core/health/shown-score.ts';
import { mostUrgentFirst, type Pressing } from '#core/risk/most-urgent.ts';

export interface Headline {
  kind: 'risk' | 'health' | 'renewal' | 'usage' | 'data';
  text: string;
  tone: 'bad' | 'warn' | 'good' | 'neutral';
  /** id of the risk signal that it speaks of */
  risk?: number;
  /** key of the signal that it speaks of */
  signal?: string;
}

export interface OpenRisk extends Pressing {
  title: string;
  /** whole days until somebody must respond, negative = overdue; null = somebody has */
  respondInDays: number | null;
}

/** As of the last judgement. A number is null where it is missing. */
export interface Situation {
  /** null = not judged yet */
  state: 'scored' | 'insufficient' | null;
  /** whole days since the last judgement */
  judgedDaysAgo: number;
  /** 0..100 */
  score: number | null;
  bandName: string | null;
  bandTone: 'good' | 'fair' | 'warning' | 'critical' | null;
  /** of the scorecard that made the score */
  bands: readonly Pick<Band, 'lower'>[];
  /** points */
  change7d: number | null;
  change30d: number | null;
  /** title of the component that moved the score most over those 7 or 30 days; absent or null = not known */
  movedMost?: { in7d: string | null; in30d: string | null };
  /** 0..1 */
  coverage: number | null;
  openRisks: readonly OpenRisk[];
  /** negative = passed */
  daysToRenewal: number | null;
  daysSinceLastActivity: number | null;
  /** ratio of change over 30 days: −0.35 = 35 % fewer */
  activeUserChange: number | null;
  /** ratio */
  seatUtilization: number | null;
}

const most = 5;
const tones: readonly Headline['tone'][] = ['bad', 'warn', 'good', 'neutral'];

/** At most five, most important first: by tone, then risk, renewal, usage, health, data. */
export function headlines(situation: Situation): Headline[] {
  const all = [risk, renewal, usage, health, data].map((about) => about(situation)).filter((one) => one !== null);
  return all.sort((a, b) => tones.indexOf(a.tone) - tones.indexOf(b.tone)).slice(0, most);
}

function risk({ openRisks }: Situation): Headline | null {
  const [worst, ...others] = openRisks.toSorted(mostUrgentFirst);
  if (!worst) return null;
  const more = others.length === 0 ? '' : `, and ${count(others.length, 'more open risk', 'more open risks')}`;
  const isBad = worst.urgency === 'critical' || worst.urgency === 'high';
  const text = `${worst.title}${response(worst)}${more}.`;
  return { kind: 'risk', text, tone: isBad ? 'bad' : 'warn', risk: worst.id };
}

function response({ respondInDays }: OpenRisk): string {
  if (respondInDays === null) return '';
  if (respondInDays < 0) return `: response overdue by ${count(-respondInDays, 'day', 'days')}`;
  return respondInDays === 0 ? ': respond today' : `: respond within ${count(respondInDays, 'day', 'days')}`;
}

/** From 90 days before the renewal, sooner where health is bad: then a plan takes its time. */
function renewal({ daysToRenewal, score, bandName, bandTone, bands, openRisks }: Situation): Headline | null {
  if (daysToRenewal === null || daysToRenewal > 120) return null;
  const isBad = bandTone === 'critical' || openRisks.some(({ urgency }) => urgency === 'critical');
  if (daysToRenewal > 90 && !isBad) return null;
  if (daysToRenewal < 0) {
    const text = `The renewal date passed ${count(-daysToRenewal, 'day', 'days')} ago.`;
    return { kind: 'renewal', text, tone: 'warn' };
  }
  const when = daysToRenewal === 0 ? 'Renews today' : `Renews in ${count(daysToRenewal, 'day', 'days')}`;
  const health = score === null || bandName === null ? '' : ` with health at ${shownScore(score, bands)} (${bandName})`;
  return { kind: 'renewal', text: `${when}${health}.`, tone: isBad ? 'bad' : renewalTone(bandTone, daysToRenewal) };
}

function renewalTone(bandTone: Situation['bandTone'], days: number): Headline['tone'] {
  if (bandTone === 'warning' || (days <= 30 && bandTone !== 'good')) return 'warn';
  return bandTone === 'good' ? 'good' : 'neutral';
}

function usage({ daysSinceLastActivity, activeUserChange, seatUtilization }: Situation): Headline | null {
  if (daysSinceLastActivity !== null && daysSinceLastActivity >= 14) {
    const text = `Nobody has used the product for ${count(daysSinceLastActivity, 'day', 'days')}.`;
    const tone = daysSinceLastActivity >= 30 ? 'bad' : 'warn';
    return { kind: 'usage', text, tone, signal: 'usage.days_since_last_activity' };
  }
  if (activeUserChange !== null && Math.abs(activeUserChange) >= 0.25) {
    const [verb, tone] = activeUserChange < 0 ? (['fell', 'warn'] as const) : (['grew', 'good'] as const);
    const text = `Active users ${verb} by ${percent(activeUserChange)} in 30 days.`;
    return { kind: 'usage', text, tone, signal: 'usage.active_user_change' };
  }
  if (seatUtilization === null || (seatUtilization < 0.95 && seatUtilization > 0.4)) return null;
  const text = `${percent(seatUtilization)} of the seats are in use.`;
  return { kind: 'usage', text, tone: seatUtilization >= 0.95 ? 'good' : 'warn', signal: 'seats.utilization' };
}

/** A week's move of 5 points or a month's of 10. */
function health({ score, bands, change7d, change30d, movedMost }: Situation): Headline | null {
  if (score === null) return null;
  const [change, days] = change7d !== null && Math.abs(change7d) >= 5 ? [change7d, 7] : [change30d ?? 0, 30];
  if (days === 30 && Math.abs(change) < 10) return null;
  const verb = change < 0 ? 'fell' : 'rose';
  const part = days === 7 ? movedMost?.in7d : movedMost?.in30d;
  const because = part ? `, mostly ${part}` : '';
  const text = `Health ${verb} by ${count(Math.round(Math.abs(change)), 'point', 'points')} in ${days} days, to ${shownScore(score, bands)}${because}.`;
  return { kind: 'health', text, tone: change < 0 ? 'bad' : 'good' };
}

function data({ state, coverage, judgedDaysAgo }: Situation): Headline | null {
  if (state === null) return { kind: 'data', text: 'No judgement yet: it follows the first facts.', tone: 'neutral' };
  if (state === 'insufficient') {
    const text = `Not enough data for a health score: ${percent(coverage ?? 0)} of the scorecard is covered.`;
    return { kind: 'data', text, tone: 'neutral' };
  }
  if (judgedDaysAgo < 2) return null;
  return { kind: 'data', text: `Last judged ${judgedDaysAgo} days ago.`, tone: 'warn' };
}

function count(n: number, one: string, many: string): string {
  return `${n} ${n === 1 ? one : many}`;
}

function percent(ratio: number): string {
  return `${Math.round(Math.abs(ratio) * 100)}%`;
}

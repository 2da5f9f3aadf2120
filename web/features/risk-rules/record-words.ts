/** The track record of a rule in sentences. */
import { countOf, formatNumber, formatPercent, type Locale } from '#web/lib/format.ts';
import type { TrackRecord } from './api/list-rules.ts';

/** Accounts below which a share says little. */
const fewAccounts = 10;
/** From so many alarms that come true a rule is good to have as it is. */
const manyTrue = 0.4;
/** Where fewer come true, four of five alarms teach people to look away. */
const fewTrue = 0.2;

export type Verdict = 'counting' | 'none-yet' | 'too-early' | 'telling' | 'mixed' | 'noisy' | 'no-better' | 'unclear';

/** What the record says about the rule: do its alarms come true, and does it find accounts that are lost more often than others? */
export function verdictOf(record: TrackRecord | null, counting = false): Verdict {
  if (counting) return 'counting';
  if (!record || record.opened === 0) return 'none-yet';
  const { share180, low180, baseShare180 } = record;
  if (share180 === null || low180 === null) return 'too-early';
  if (record.accounts < fewAccounts || baseShare180 === null) return 'unclear';
  if (low180 <= baseShare180) return share180 <= baseShare180 ? 'no-better' : 'unclear';
  // as it is written: 20% must not look like less
  const shown = Math.round(share180 * 100) / 100;
  return shown >= manyTrue ? 'telling' : shown >= fewTrue ? 'mixed' : 'noisy';
}

export const toneOf: Readonly<Record<Verdict, 'good' | 'warning' | 'none'>> = {
  ...{ counting: 'none', 'none-yet': 'none', 'too-early': 'none', unclear: 'none', mixed: 'none' },
  ...{ telling: 'good', noisy: 'warning', 'no-better': 'warning' },
};

/** The record in one sentence, as one would say it to somebody who decides whether the rule stays. */
export function headline(record: TrackRecord | null, counting = false, locale: Locale = {}): string {
  const verdict = verdictOf(record, counting);
  const share = record?.share180 ?? 0;
  const nothing = `${alarms(1 - share)} came to nothing`;
  const more = record ? timesAsOften(record, locale) : null;
  switch (verdict) {
    case 'counting':
      return 'What it would have opened in the past is being counted.';
    case 'none-yet':
      return 'It has never opened, and would not have in the past that is known.';
    case 'too-early':
      return 'Too early to tell: no opening is 180 days old yet.';
    case 'telling':
      return `${capital(fraction(share))} accounts were lost after it opened${more ? `, ${more}` : ''}.`;
    case 'mixed':
    case 'noisy':
      return `${nothing}${more ? `; those accounts were lost ${more}` : ''}.`;
    case 'no-better':
      return `${nothing}, and those accounts were lost no more often than others.`;
    case 'unclear':
      return `${nothing}; too few accounts to tell whether it is better than chance.`;
  }
}

function alarms(share: number): string {
  const part = fraction(share);
  return part === 'none' ? 'No alarm' : `${capital(part)} alarms`;
}

/** A share as so many in ten, or in a hundred where ten would say all or none; "of 10" would read as a count. */
function fraction(share: number): string {
  if (share <= 0) return 'none';
  if (share >= 1) return 'all';
  const tenths = Math.round(share * 10);
  if (tenths > 0 && tenths < 10) return `${tenths} in 10`;
  return `${Math.min(99, Math.max(1, Math.round(share * 100)))} in 100`;
}

/** How many times as often as any account these were lost; null where that cannot be said. */
export function timesLost({ share180, baseShare180 }: TrackRecord): number | null {
  return share180 === null || baseShare180 === null || baseShare180 === 0 ? null : share180 / baseShare180;
}

function timesAsOften(record: TrackRecord, locale: Locale): string | null {
  const times = timesLost(record);
  return times === null ? null : `${timesText(times, locale)} times as often as others`;
}

export function timesText(times: number, locale: Locale = {}): string {
  return formatNumber(times, { ...locale, digits: times < 10 ? 1 : 0 });
}

function capital(text: string): string {
  return text[0]!.toUpperCase() + text.slice(1);
}

/** What it opened and what became of those accounts; no sentence for what is not known. */
export function recordSentences(record: TrackRecord, locale: Locale = {}): string[] {
  const say = (share: number) => formatPercent(share, locale);
  const { opened, accounts, share180, low180, high180, baseShare180, medianLeadDays, dismissedShare } = record;
  const range = low180 !== null && high180 !== null ? `, likely between ${say(low180)} and ${say(high180)}` : '';
  const base = baseShare180 === null ? '' : `; of all accounts ${say(baseShare180)}`;
  return [
    `Opened ${opened === 1 ? 'once' : `${formatNumber(opened, locale)} times`} for ${countOf(accounts, 'account', 'accounts', locale)}.`,
    ...(share180 === null ? [] : [`${say(share180)} of them churned or shrank within 180 days${range}${base}.`]),
    ...(medianLeadDays === null
      ? []
      : [`Typically ${countOf(Math.round(medianLeadDays), 'day', 'days', locale)} before the loss.`]),
    ...(dismissedShare === null || dismissedShare === 0 ? [] : [`${say(dismissedShare)} dismissed as wrong.`]),
  ];
}

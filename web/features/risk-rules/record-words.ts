/** The track record of a rule in sentences. */
import { countOf, formatNumber, formatPercent, type Locale } from '#web/lib/format.ts';
import type { TrackRecord } from './api/list-rules.ts';

/** Accounts below which a share says little. */
const fewAccounts = 10;

export type Verdict = 'none-yet' | 'too-early' | 'telling' | 'no-better' | 'unclear';

/** What the record says about the rule: does it find accounts that are lost more often than others? */
export function verdictOf(record: TrackRecord | null): Verdict {
  if (!record || record.opened === 0) return 'none-yet';
  const { share180, low180, baseShare180 } = record;
  if (share180 === null || low180 === null) return 'too-early';
  if (record.accounts < fewAccounts || baseShare180 === null) return 'unclear';
  if (low180 > baseShare180) return 'telling';
  return share180 <= baseShare180 ? 'no-better' : 'unclear';
}

const verdicts: Record<Verdict, string> = {
  'none-yet': 'It has not opened yet.',
  'too-early': 'Too early to tell: no opening is 180 days old yet.',
  telling: 'It finds accounts that are lost more often than others.',
  'no-better': 'No better than chance so far: accounts that it opens for are lost no more often than others.',
  unclear: 'Too few accounts to tell whether it is better than chance.',
};

export function verdictText(verdict: Verdict): string {
  return verdicts[verdict];
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

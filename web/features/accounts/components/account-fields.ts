import type { SignalDefinition } from '#contracts/signals.ts';
import type { Band } from '#core/health/scorecard.ts';
import { optionsOf, stageWords, tierWords } from '#web/lib/words.ts';
import type { FilterField, FilterKind } from '#web/ui/filter-chips/types.ts';
import type { Option } from '#web/ui/option.ts';

const levels = { critical: 'Critical', high: 'High', medium: 'Medium', none: 'No risk' };

/** What the account list can be filtered by: its own columns, and every connected signal. */
export function accountFields(
  bands: readonly Band[],
  owners: readonly Option[],
  signals: Iterable<SignalDefinition>,
  currency: string,
): FilterField[] {
  const own: FilterField[] = [
    {
      field: 'band',
      label: 'Band',
      kind: 'choice',
      options: bands.map((band) => ({ value: band.key, label: band.name })),
    },
    { field: 'score', label: 'Health score', kind: 'number' },
    { field: 'change30d', label: 'Change over 30 days', kind: 'number', unit: 'points' },
    { field: 'riskLevel', label: 'Risk', kind: 'choice', options: optionsOf(levels) },
    { field: 'openRisks', label: 'Open risks', kind: 'number' },
    { field: 'ownerId', label: 'Owner', kind: 'choice', options: owners, numeric: true },
    { field: 'arrMinor', label: 'ARR', kind: 'money', currency },
    { field: 'daysToRenewal', label: 'Days to renewal', kind: 'number', unit: 'days' },
    { field: 'renewalDay', label: 'Renewal', kind: 'day' },
    { field: 'tier', label: 'Tier', kind: 'choice', options: optionsOf(tierWords) },
    { field: 'stage', label: 'Stage', kind: 'choice', options: optionsOf(stageWords) },
    { field: 'tag', label: 'Tag', kind: 'text' },
    { field: 'coverage', label: 'Coverage', kind: 'percent' },
    { field: 'lastActiveDay', label: 'Last active', kind: 'day' },
    { field: 'activeUsers', label: 'Active users', kind: 'number' },
    { field: 'seats', label: 'Seats', kind: 'number' },
    { field: 'industry', label: 'Industry', kind: 'text' },
    { field: 'country', label: 'Country', kind: 'text' },
  ];
  return [...own, ...[...signals].filter((signal) => signal.connected).map((signal) => signalField(signal, currency))];
}

function signalField({ key, title, family, type, unit }: SignalDefinition, currency: string): FilterField {
  const kinds: Record<SignalDefinition['type'], FilterKind> = {
    number: 'number',
    boolean: 'yes-no',
    money: 'money',
    text: 'text',
  };
  const kind = unit === 'ratio' || unit === 'change' ? 'percent' : kinds[type];
  const plain = unit === 'count' || unit === 'score';
  return { field: key, label: title, kind, group: family, currency, ...(kind === 'number' && !plain && { unit }) };
}

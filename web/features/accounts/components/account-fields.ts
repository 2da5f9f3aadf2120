import type { SignalDefinition } from '#contracts/signals.ts';
import type { Band } from '#core/health/scorecard.ts';
import { familyWords } from '#web/lib/families.ts';
import { optionsOf, stageWords, tierWords } from '#web/lib/words.ts';
import type { FilterField, FilterKind } from '#web/ui/filter-chips/types.ts';
import type { Option } from '#web/ui/option.ts';

const levels = { critical: 'Critical', high: 'High', medium: 'Medium', none: 'No risk' };

/** Signals that a column of the list holds already: the same number under two names would be asked for twice. */
const held = new Set([
  'health.score',
  'health.change_30d',
  'risk.level',
  'risk.open_signals',
  'contract.arr',
  'contract.days_to_renewal',
  'usage.active_users_30d',
  'seats.purchased',
]);

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
    { field: 'score', label: 'Health score', kind: 'number', firstOp: 'lte' },
    { field: 'change30d', label: 'Change over 30 days', kind: 'number', unit: 'points', firstOp: 'lte' },
    { field: 'riskLevel', label: 'Risk', kind: 'choice', options: optionsOf(levels) },
    { field: 'openRisks', label: 'Open risks', kind: 'number' },
    { field: 'ownerId', label: 'Owner', kind: 'choice', options: owners, numeric: true },
    { field: 'arrMinor', label: 'ARR', kind: 'money', currency },
    { field: 'daysToRenewal', label: 'Days to renewal', kind: 'number', unit: 'days', firstOp: 'lte' },
    { field: 'renewalDay', label: 'Renewal', kind: 'day' },
    { field: 'tier', label: 'Tier', kind: 'choice', options: optionsOf(tierWords) },
    { field: 'stage', label: 'Stage', kind: 'choice', options: optionsOf(stageWords) },
    { field: 'tag', label: 'Tag', kind: 'text' },
    { field: 'coverage', label: 'Coverage', kind: 'percent', firstOp: 'lte' },
    { field: 'lastActiveDay', label: 'Last active', kind: 'day' },
    { field: 'activeUsers', label: 'Active users', kind: 'number', firstOp: 'lte' },
    { field: 'seats', label: 'Seats', kind: 'number' },
    { field: 'industry', label: 'Industry', kind: 'text' },
    { field: 'country', label: 'Country', kind: 'text' },
  ];
  const others = [...signals].filter(({ connected, key }) => connected && !held.has(key));
  return [...own, ...others.map((signal) => signalField(signal, currency))];
}

function signalField(
  { key, title, family, type, unit, higherIsBetter }: SignalDefinition,
  currency: string,
): FilterField {
  const kinds: Record<SignalDefinition['type'], FilterKind> = {
    number: 'number',
    boolean: 'yes-no',
    money: 'money',
    text: 'text',
  };
  const kind = unit === 'ratio' || unit === 'change' ? 'percent' : kinds[type];
  const plain = unit === 'count' || unit === 'score';
  return {
    field: key,
    label: title,
    kind,
    group: familyWords[family] ?? family,
    currency,
    ...(kind === 'number' && !plain && { unit }),
    // One looks for the accounts that stand badly.
    ...(higherIsBetter !== null &&
      type !== 'boolean' &&
      type !== 'text' && { firstOp: higherIsBetter ? 'lte' : 'gte' }),
  };
}

import { queryOptions, useQuery } from '@tanstack/react-query';
import { call } from '#contracts/client.ts';
import { listSignals, type SignalDefinition } from '#contracts/signals.ts';
import { formatMoney, formatNumber, formatPercent } from './format.ts';

const freshMs = 300_000;

export const signalsQuery = queryOptions({
  queryKey: ['signals'],
  queryFn: ({ signal }) => call(listSignals, {}, { signal }),
  staleTime: freshMs,
  select: ({ items }) => ({ items, byKey: new Map(items.map((item) => [item.key, item])) }),
});

/** The catalogue by key; empty until it is loaded. */
export function useSignalCatalogue(): ReadonlyMap<string, SignalDefinition> {
  return useQuery(signalsQuery).data?.byKey ?? empty;
}
const empty: ReadonlyMap<string, SignalDefinition> = new Map();

export type SignalValue = number | string | boolean | null;
type Written = Pick<SignalDefinition, 'unit' | 'type' | 'decimals'>;

/** A signal's value with its unit, as people write it; null gives "no data". */
export function signalText(
  value: SignalValue,
  definition: Written | undefined,
  currency: string,
  locale?: string,
): string {
  if (value === null) return 'no data';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'string') return value;
  if (!definition) return formatNumber(value, { locale, digits: 2 });
  const { unit, type, decimals } = definition;
  if (type === 'money' || unit === 'money') return formatMoney(value, currency, { locale });
  if (unit === 'ratio') return formatPercent(value, { locale, digits: decimals });
  if (unit === 'change') return formatPercent(value, { locale, digits: decimals, sign: true });
  const number = formatNumber(value, { locale, digits: decimals });
  return unit === 'count' || unit === 'score' || unit === ''
    ? number
    : `${number} ${number === '1' ? singular(unit) : unit}`;
}

function singular(unit: string): string {
  return unit === 'people' ? 'person' : unit.replace(/s$/, '');
}

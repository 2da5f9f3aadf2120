import { queryOptions, useQuery } from '@tanstack/react-query';
import { call } from '#contracts/client.ts';
import { listSignals, type SignalDefinition } from '#contracts/signals.ts';
import { riskLevels } from '#core/risk/level.ts';
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
  return signalTexts([value], definition, currency, locale)[0]!;
}

/** Values that are compared, all in the same unit: 92 hours were 98 hours, not 4 days. */
export function signalTexts(
  values: readonly SignalValue[],
  definition: Written | undefined,
  currency: string,
  locale?: string,
): string[] {
  const numbers = values.filter((value) => typeof value === 'number');
  const inDays = definition?.unit === 'hours' && numbers.every((hours) => Math.abs(hours) >= manyHours);
  return values.map((value) =>
    inDays && typeof value === 'number'
      ? written(value / 24, days, currency, locale)
      : written(value, definition, currency, locale),
  );
}

function written(
  value: SignalValue,
  definition: Written | undefined,
  currency: string,
  locale: string | undefined,
): string {
  if (value === null) return 'no data';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'string') return value;
  if (!definition) return formatNumber(value, { locale, digits: 2 });
  const { unit, type, decimals } = definition;
  // the one text that is kept as a number is the risk level
  if (type === 'text') return riskLevels[value] ?? formatNumber(value, { locale });
  if (type === 'money' || unit === 'money') return formatMoney(value, currency, { locale });
  if (unit === 'ratio') return formatPercent(value, { locale, digits: decimals });
  if (unit === 'change') return formatPercent(value, { locale, digits: decimals, sign: true }).replace('-', '−');
  const number = formatNumber(value, { locale, digits: decimals }).replace('-', '−');
  if (unit.startsWith('%')) return `${number}${unit}`;
  return unit === 'count' || unit === 'score' || unit === ''
    ? number
    : `${number} ${number === '1' ? singular(unit) : unit}`;
}

/** From here on hours are written as days. */
const manyHours = 96;
const days: Written = { unit: 'days', type: 'number', decimals: 0 };

function singular(unit: string): string {
  return unit === 'people' ? 'person' : unit.replace(/s$/, '');
}

/** Conditions as people read them, with titles and units instead of keys and raw numbers. */
import { type Comparison, type Condition, isComparison } from '#core/condition/types.ts';
import { formatMoney, formatNumber, formatPercent, type Locale } from '#web/lib/format.ts';

/** What the form and the words need to know of a signal; the catalogue's definitions fit. */
export interface SignalLook {
  title: string;
  unit: string;
  type: 'number' | 'boolean' | 'money' | 'text';
  /** the values that a text can have, where they are few */
  choices?: readonly { value: string; label: string }[];
}

export const opWords: Record<Comparison['op'], string> = {
  lt: 'below',
  lte: 'at most',
  gt: 'above',
  gte: 'at least',
  eq: 'is',
  ne: 'is not',
  between: 'between',
  in: 'is one of',
  contains: 'contains',
  missing: 'is not known',
  present: 'is known',
};

const numberOps: Comparison['op'][] = ['lt', 'lte', 'gt', 'gte', 'eq', 'between', 'missing', 'present'];
const opsByType: Record<SignalLook['type'], readonly Comparison['op'][]> = {
  number: numberOps,
  money: numberOps,
  boolean: ['eq', 'missing', 'present'],
  text: ['eq', 'ne', 'contains', 'in', 'missing', 'present'],
};

/** The operators that the form offers for a signal. */
export function opsOf(look: SignalLook | undefined): readonly Comparison['op'][] {
  return opsByType[look?.type ?? 'number'];
}

export interface WordsOptions extends Locale {
  looks: ReadonlyMap<string, SignalLook>;
  currency: string;
}

/** A condition in words: "Change of logins at most −50% and Active users at least 4 users". */
export function conditionWords(condition: Condition, options: WordsOptions): string {
  if (isComparison(condition)) return comparisonWords(condition, options);
  if (condition.op === 'not') return `not (${conditionWords(condition.of, options)})`;
  const parts = condition.of.map((part) => {
    const words = conditionWords(part, options);
    return isComparison(part) || part.op === 'not' ? words : `(${words})`;
  });
  return parts.join(condition.op === 'and' ? ' and ' : ' or ');
}

function comparisonWords(comparison: Comparison, options: WordsOptions): string {
  const look = options.looks.get(comparison.signal);
  const title = look?.title ?? comparison.signal;
  if ('value' in comparison && typeof comparison.value === 'boolean') {
    const yes = comparison.value === (comparison.op === 'eq');
    return `${title}: ${yes ? 'yes' : 'no'}`;
  }
  const head = `${title} ${opWords[comparison.op]}`;
  const value = (one: unknown) => valueWords(one, look, options);
  switch (comparison.op) {
    case 'missing':
    case 'present':
      return head;
    case 'between':
      return `${head} ${value(comparison.low)} and ${value(comparison.high)}`;
    case 'in':
      return `${head} ${comparison.values.map(value).join(', ')}`;
    default:
      return `${head} ${value(comparison.value)}`;
  }
}

function valueWords(value: unknown, look: SignalLook | undefined, { currency, ...locale }: WordsOptions): string {
  if (typeof value !== 'number') {
    return look?.choices?.find((choice) => choice.value === value)?.label ?? `“${String(value)}”`;
  }
  if (look?.type === 'money') return formatMoney(value, currency, locale);
  if (look?.unit === 'ratio') return formatPercent(value, { ...locale, digits: 1 });
  if (look?.unit === 'change') return formatPercent(value, { ...locale, digits: 1, sign: true });
  const unit = value === 1 ? unitWords(look).replace(/s$/, '') : unitWords(look);
  return formatNumber(value, { ...locale, digits: 3 }) + (unit ? ` ${unit}` : '');
}

/** The unit written after a number; '' where there is none to write. */
export function unitWords(look: SignalLook | undefined, currency = ''): string {
  if (!look) return '';
  if (look.type === 'money') return currency;
  if (look.unit === 'ratio' || look.unit === 'change') return '%';
  return ['count', 'score', 'yes or no', 'text'].includes(look.unit) ? '' : look.unit;
}

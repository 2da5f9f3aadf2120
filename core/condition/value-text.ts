/** Signal values and comparisons as people read them, in English: evidence, recommendations, exports. */
import { minorDigits, toMajor } from '#core/money/money.ts';
import { riskLevels } from '#core/risk/level.ts';
import type { Comparison, SignalType, SignalValue } from './types.ts';

/** What is needed to write a signal's value. */
export interface SignalWording {
  title: string;
  /** as in the catalogue: a ratio is kept as 0.4 and written 40 %, a change with its sign */
  unit: string;
  type: SignalType;
  /** most decimals written; for a ratio and a change those of the percentage */
  decimals: number;
}

const plain: SignalWording = { title: '', unit: 'count', type: 'number', decimals: 2 };
const bareUnits: ReadonlySet<string> = new Set(['count', 'score', '', 'text', 'yes or no']);

/** The value with its unit; missing is "no data". Money is in minor units of `currency`. */
export function valueText(value: SignalValue, wording: SignalWording = plain, currency = 'USD'): string {
  if (value === null) return 'no data';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'string') return value;
  const { unit, type, decimals } = wording;
  // the one text that is kept as a number is the risk level
  if (type === 'text') return riskLevels[value] ?? decimal(value, decimals);
  if (unit === 'hours' && Math.abs(value) >= manyHours) return valueText(value / 24, days);
  if (type === 'money') return `${decimal(toMajor(value, currency), minorDigits(currency))} ${currency}`;
  if (unit === 'ratio') return `${decimal(value * 100, decimals)} %`;
  if (unit === 'change') return `${value > 0 ? '+' : ''}${decimal(value * 100, decimals)} %`;
  const number = decimal(value, decimals);
  if (bareUnits.has(unit)) return number;
  return `${number} ${number === '1' || number === '−1' ? singularUnit(unit) : unit}`;
}

/** Units are told in the plural, and their first word counts: logins per user. */
function singularUnit(unit: string): string {
  return unit === 'people' ? 'person' : unit.replace(/^(\w*[^s\W])s\b/, '$1');
}

/** From here on hours are written as days. */
const manyHours = 96;
const days: SignalWording = { title: '', unit: 'days', type: 'number', decimals: 0 };

/** Rounded half away from zero, thousands set apart, no digits without need. */
function decimal(value: number, most: number): string {
  const size = formatOf(most).format(Math.abs(value));
  return value < 0 && /[1-9]/.test(size) ? `−${size}` : size;
}

/** Making a format takes longer than using it a hundred times. */
const formats = new Map<number, Intl.NumberFormat>();

function formatOf(most: number): Intl.NumberFormat {
  let format = formats.get(most);
  if (format === undefined) {
    format = new Intl.NumberFormat('en', { maximumFractionDigits: most });
    formats.set(most, format);
  }
  return format;
}

/** What a comparison asks of its signal, without the signal's name: "at most −50 %". */
export function comparisonText(comparison: Comparison, wording?: SignalWording, currency?: string): string {
  const text = (value: SignalValue) => valueText(value, wording, currency);
  switch (comparison.op) {
    case 'missing':
      return 'no data';
    case 'present':
      return 'known';
    case 'between':
      return `${text(comparison.low)} to ${text(comparison.high)}`;
    case 'in':
      return `one of ${comparison.values.map(text).join(', ')}`;
    case 'contains':
      return `contains ${comparison.value}`;
    default:
      return `${words[comparison.op]}${text(comparison.value)}`;
  }
}

const words = { eq: '', ne: 'not ', lt: 'below ', lte: 'at most ', gt: 'above ', gte: 'at least ' } as const;

export interface EvidenceLine {
  signal: string;
  value: SignalValue;
  negated: boolean;
  /** null = not known any more */
  asked: Comparison | null;
}

/**
 * One line of evidence: "Change of logins: −62 % (rule: at most −50 %)". A plain yes or no needs no rule beside it.
 */
export function evidenceText(line: EvidenceLine, wording: SignalWording | undefined, currency: string): string {
  const { signal, value, negated, asked } = line;
  const said = `${wording?.title ?? signal}: ${valueText(value, wording, currency)}`;
  if (asked === null) return said;
  const rule = `${negated ? 'not ' : ''}${comparisonText(asked, wording, currency)}`;
  const saidAlready = typeof value === 'boolean' || asked.op === 'missing' || asked.op === 'present';
  return saidAlready ? said : `${said} (rule: ${rule})`;
}

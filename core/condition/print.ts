import { type Comparison, type Condition, type Constant, isComparison } from './types.ts';

/** Words with a meaning in the text form; a signal of such a name is written in backticks. */
export const keywords: ReadonlySet<string> = new Set([
  ...['and', 'or', 'not', 'is', 'missing', 'present', 'in', 'contains', 'between', 'true', 'false'],
  // kept free for what chapter 08 adds
  ...['changed', 'for', 'was', 'as', 'of', 'days', 'exists', 'count', 'where'],
]);

const signs = { eq: '=', ne: '!=', lt: '<', lte: '<=', gt: '>', gte: '>=' } as const;
const bareName = /^[A-Za-z_][A-Za-z0-9_]*(\.[A-Za-z0-9_]+)*$/;

/** The text form of a checked condition; `parse` gives the same condition back. Money stays in minor units. */
export function print(condition: Condition): string {
  if (isComparison(condition)) return printComparison(condition);
  if (condition.op === 'not') return `not (${print(condition.of)})`;
  return condition.of.map(printPart).join(` ${condition.op} `);
}

function printPart(part: Condition): string {
  return part.op === 'and' || part.op === 'or' ? `(${print(part)})` : print(part);
}

/** The text form of one comparison, such as `usage.stickiness < 0.15`. */
export function printComparison(comparison: Comparison): string {
  const name = printName(comparison.signal);
  switch (comparison.op) {
    case 'missing':
    case 'present':
      return `${name} is ${comparison.op}`;
    case 'between':
      return `${name} between ${comparison.low} and ${comparison.high}`;
    case 'in':
      return `${name} in (${comparison.values.map(printConstant).join(', ')})`;
    case 'contains':
      return `${name} contains ${printConstant(comparison.value)}`;
    default:
      return `${name} ${signs[comparison.op]} ${printConstant(comparison.value)}`;
  }
}

function printName(name: string): string {
  if (bareName.test(name) && !keywords.has(name.toLowerCase())) return name;
  return `\`${name.replaceAll('\\', '\\\\').replaceAll('`', '\\`')}\``;
}

function printConstant(value: Constant): string {
  return typeof value === 'string' ? JSON.stringify(value) : String(value);
}

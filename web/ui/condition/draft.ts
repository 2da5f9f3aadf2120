/** The form of a condition while it is edited: rows may still be incomplete, values are as typed, in the unit people read. */

import { type Comparison, type Condition, isComparison } from '#core/condition/types.ts';
import { minorDigits } from '#core/money/money.ts';
import type { SignalLook } from './words.ts';

export interface DraftRow {
  kind: 'row';
  /** null until one is chosen */
  signal: string | null;
  op: Comparison['op'];
  /** as typed; 'true' or 'false' for a boolean; separated by commas for `in` */
  value: string;
  /** upper end of `between`, as typed */
  high: string;
}
export interface DraftGroup {
  kind: 'group';
  op: 'and' | 'or';
  of: Draft[];
}
/** A piece that the form cannot show (`not`): kept as it is, changed as text. */
export interface DraftFixed {
  kind: 'fixed';
  condition: Condition;
}
export type Draft = DraftRow | DraftGroup | DraftFixed;

export type Looks = ReadonlyMap<string, SignalLook>;
export interface Units {
  looks: Looks;
  currency: string;
}

export const emptyRow: DraftRow = { kind: 'row', signal: null, op: 'lt', value: '', high: '' };
export const emptyGroup: DraftGroup = { kind: 'group', op: 'and', of: [emptyRow] };

/** How many of the form's units are one of the signal's: 100 for per cent, 100 for cents. */
export function formFactor(look: SignalLook | undefined, currency: string): number {
  if (look?.type === 'money') return 1 / 10 ** minorDigits(currency);
  return look?.unit === 'ratio' || look?.unit === 'change' ? 100 : 1;
}

/** The form of a condition; the outermost is always a group. */
export function toDraft(condition: Condition, units: Units): DraftGroup {
  const draft = draftOf(condition, units);
  return draft.kind === 'group' ? draft : { kind: 'group', op: 'and', of: [draft] };
}

function draftOf(condition: Condition, units: Units): Draft {
  if (isComparison(condition)) return rowOf(condition, units);
  if (condition.op === 'not') return { kind: 'fixed', condition };
  return { kind: 'group', op: condition.op, of: condition.of.map((part) => draftOf(part, units)) };
}

function rowOf(comparison: Comparison, { looks, currency }: Units): DraftRow {
  const factor = formFactor(looks.get(comparison.signal), currency);
  const typed = (value: unknown) => (typeof value === 'number' ? String(short(value * factor)) : String(value));
  const row = { ...emptyRow, signal: comparison.signal, op: comparison.op };
  switch (comparison.op) {
    case 'missing':
    case 'present':
      return row;
    case 'between':
      return { ...row, value: typed(comparison.low), high: typed(comparison.high) };
    case 'in':
      return { ...row, value: comparison.values.map(typed).join(', ') };
    default:
      return { ...row, value: typed(comparison.value) };
  }
}

/** The condition that a form says; null while a row is incomplete. */
export function fromDraft(draft: Draft, units: Units): Condition | null {
  if (draft.kind === 'fixed') return draft.condition;
  if (draft.kind === 'row') return comparisonOf(draft, units);
  const of = draft.of.map((part) => fromDraft(part, units));
  if (of.length === 0 || of.some((part) => part === null)) return null;
  return of.length === 1 ? of[0]! : { op: draft.op, of: of as Condition[] };
}

function comparisonOf({ signal, op, value, high }: DraftRow, units: Units): Comparison | null {
  if (signal === null) return null;
  const look = units.looks.get(signal);
  const number = (text: string) => numberOf(text, formFactor(look, units.currency));
  if (op === 'missing' || op === 'present') return { op, signal };
  if (look?.type === 'boolean') return op === 'eq' || op === 'ne' ? { op, signal, value: value === 'true' } : null;
  if (op === 'between') {
    const [low, top] = [number(value), number(high)];
    return low === null || top === null ? null : { op, signal, low, high: top };
  }
  if (op === 'in') {
    const texts = value.split(',').flatMap((one) => one.trim() || []);
    const values: (string | number | null)[] = look?.type === 'text' ? texts : texts.map(number);
    return values.length === 0 || values.includes(null) ? null : { op, signal, values: values as (string | number)[] };
  }
  if (op === 'contains') return value === '' ? null : { op, signal, value };
  if ((op === 'eq' || op === 'ne') && look?.type === 'text') return value === '' ? null : { op, signal, value };
  const constant = number(value);
  return constant === null ? null : { op, signal, value: constant };
}

/** Reads "1,5" as "1.5"; null for what is no number. */
function numberOf(text: string, factor: number): number | null {
  const trimmed = text.trim().replace(',', '.');
  const value = Number(trimmed);
  return trimmed === '' || !Number.isFinite(value) ? null : short(value / factor);
}

/** Without the dust of binary fractions: 0.07 × 100 is 7. */
function short(value: number): number {
  return Number(value.toPrecision(12));
}

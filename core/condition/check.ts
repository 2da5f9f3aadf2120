import {
  type Checked,
  JsonReader,
  type JsonRecord,
  join,
  toVocabulary,
  unknownSignal,
  type Vocabulary,
} from './read-json.ts';
import type { Condition, Constant, SignalName, SignalType } from './types.ts';

/** Limits that keep a condition readable and quick: levels of nesting, comparisons and groups in all, list entries. */
export const limits = { depth: 12, nodes: 200, values: 500, textLength: 1000, nameLength: 200 } as const;

const fieldsOf: Readonly<Record<Condition['op'], readonly string[]>> = {
  ...{ and: ['op', 'of'], or: ['op', 'of'], not: ['op', 'of'] },
  ...{ eq: ['op', 'signal', 'value'], ne: ['op', 'signal', 'value'], contains: ['op', 'signal', 'value'] },
  ...{ lt: ['op', 'signal', 'value'], lte: ['op', 'signal', 'value'] },
  ...{ gt: ['op', 'signal', 'value'], gte: ['op', 'signal', 'value'] },
  ...{ between: ['op', 'signal', 'low', 'high'], in: ['op', 'signal', 'values'] },
  ...{ missing: ['op', 'signal'], present: ['op', 'signal'] },
};
const operators = Object.keys(fieldsOf) as Condition['op'][];

/**
 * Checks JSON as a condition over the given names: shape, operators, names (with the nearest known ones), types and
 * limits. All problems are listed, each with its path. A group of one part becomes that part.
 */
export function checkCondition(json: unknown, names: readonly SignalName[]): Checked<{ condition: Condition }> {
  const reader = new JsonReader();
  const condition = readCondition(json, '', toVocabulary(names), reader);
  if (condition === null || reader.problems.length > 0) return { ok: false, problems: reader.problems };
  return { ok: true, condition };
}

/** Reads a condition at `path` of a larger piece of JSON; null where it is wrong, with the problems in the reader. */
export function readCondition(json: unknown, path: string, vocabulary: Vocabulary, reader: JsonReader) {
  return new ConditionReader(vocabulary, reader).read(json, path, 1);
}

class ConditionReader {
  private nodes = 0;
  private readonly vocabulary: Vocabulary;
  private readonly reader: JsonReader;

  constructor(vocabulary: Vocabulary, reader: JsonReader) {
    this.vocabulary = vocabulary;
    this.reader = reader;
  }

  read(json: unknown, path: string, depth: number): Condition | null {
    const { reader } = this;
    this.nodes += 1;
    if (this.nodes === limits.nodes + 1) reader.fail(path, `A condition has at most ${limits.nodes} parts.`);
    if (this.nodes > limits.nodes) return null;
    if (depth > limits.depth) return reader.fail(path, `A condition is at most ${limits.depth} levels deep.`);
    if (typeof json !== 'object' || json === null) return reader.fail(path, 'Must be a condition.');
    const op = (json as JsonRecord).op;
    if (op === undefined) return reader.fail(join(path, 'op'), 'Is required.');
    const known = reader.choice(op, join(path, 'op'), operators);
    if (known === null) return null;
    const record = reader.record(json, path, fieldsOf[known]);
    if (record === null) return null;
    if (known === 'and' || known === 'or') return this.readGroup(known, record, path, depth);
    if (known === 'not') {
      const of = record.of === undefined ? null : this.read(record.of, join(path, 'of'), depth + 1);
      return of && { op: 'not', of };
    }
    return this.readComparison(known, record, path);
  }

  private readGroup(op: 'and' | 'or', record: JsonRecord, path: string, depth: number): Condition | null {
    const at = join(path, 'of');
    const list = this.reader.list(record.of, at, limits.nodes);
    if (list === null) return null;
    if (list.length === 0) return this.reader.fail(at, 'Needs at least one condition.');
    const of: Condition[] = [];
    for (const [i, part] of list.entries()) {
      const read = this.read(part, join(at, i), depth + 1);
      if (read !== null) of.push(read);
    }
    if (of.length < list.length) return null;
    return of.length === 1 ? of[0]! : { op, of };
  }

  private readComparison(op: Exclude<Condition['op'], 'and' | 'or' | 'not'>, record: JsonRecord, path: string) {
    const signal = this.reader.text(record.signal, join(path, 'signal'), limits.nameLength);
    if (signal === null) return null;
    const type = this.vocabulary.get(signal);
    if (type === undefined) return this.reader.fail(join(path, 'signal'), unknownSignal(signal, this.vocabulary));
    switch (op) {
      case 'missing':
      case 'present':
        return { op, signal } satisfies Condition;
      case 'eq':
      case 'ne':
        return nullable(this.constant(record.value, type, join(path, 'value')), (value) => ({ op, signal, value }));
      case 'in':
        return nullable(this.values(record.values, signal, type, path), (values) => ({ op, signal, values }));
      case 'contains':
        return this.readContains(record, signal, type, path);
      case 'between':
        return this.readBetween(record, signal, type, path);
      default:
        if (!this.orders(op, signal, type, path)) return null;
        return nullable(this.reader.number(record.value, join(path, 'value')), (value) => ({ op, signal, value }));
    }
  }

  private readContains(record: JsonRecord, signal: string, type: SignalType, path: string): Condition | null {
    if (type !== 'text') return this.reader.fail(join(path, 'op'), `contains is for texts; ${signal} is a ${type}.`);
    const value = this.constant(record.value, type, join(path, 'value'));
    if (value === '') return this.reader.fail(join(path, 'value'), 'Must not be empty.');
    return typeof value === 'string' ? { op: 'contains', signal, value } : null;
  }

  private readBetween(record: JsonRecord, signal: string, type: SignalType, path: string): Condition | null {
    if (!this.orders('between', signal, type, path)) return null;
    const low = this.reader.number(record.low, join(path, 'low'));
    const high = this.reader.number(record.high, join(path, 'high'));
    if (low === null || high === null) return null;
    if (low > high) return this.reader.fail(join(path, 'high'), `Must not be below ${low}.`);
    return { op: 'between', signal, low, high };
  }

  private orders(op: string, signal: string, type: SignalType, path: string): boolean {
    if (type === 'number' || type === 'money') return true;
    this.reader.fail(join(path, 'op'), `${op} is for numbers; ${signal} is a ${type}.`);
    return false;
  }

  private values(json: unknown, signal: string, type: SignalType, path: string): (number | string)[] | null {
    if (type === 'boolean')
      return this.reader.fail(join(path, 'op'), `in is for numbers and texts; ${signal} is a boolean.`);
    const at = join(path, 'values');
    const list = this.reader.list(json, at, limits.values);
    if (list === null) return null;
    if (list.length === 0) return this.reader.fail(at, 'Needs at least one value.');
    const values: (number | string)[] = [];
    for (const [i, one] of list.entries()) {
      const value = one === undefined ? null : this.constant(one, type, join(at, i));
      if (value !== null && typeof value !== 'boolean') values.push(value);
    }
    return values.length === list.length ? values : null;
  }

  private constant(json: unknown, type: SignalType, path: string): Constant | null {
    if (json === undefined) return null;
    if (type === 'boolean') return this.reader.boolean(json, path);
    if (type !== 'text') return this.reader.number(json, path);
    if (typeof json !== 'string') return this.reader.fail(path, 'Must be a text.');
    if (json.length <= limits.textLength) return json;
    return this.reader.fail(path, `Is ${json.length} characters long; at most ${limits.textLength} are allowed.`);
  }
}

function nullable<T, R>(value: T | null, build: (value: T) => R): R | null {
  return value === null ? null : build(value);
}

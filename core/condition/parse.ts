import { checkCondition } from './check.ts';
import { ConditionSyntaxError, type Token, tokenize } from './tokens.ts';
import type { Comparison, Condition, Constant, SignalName } from './types.ts';

/** One thing wrong with a condition's text. `at` is the index of the character where it is, from 0. */
export interface TextProblem {
  at: number;
  message: string;
}

export type Parsed = { ok: true; condition: Condition } | { ok: false; problems: TextProblem[] };

const maxLength = 20_000;
const maxNesting = 50;
const operators = { '=': 'eq', '!=': 'ne', '<': 'lt', '<=': 'lte', '>': 'gt', '>=': 'gte' } as const;

/**
 * The condition that a text says, names and types unchecked: `a = 1 and not (b is missing or c in ("x", "y"))`.
 * `not` binds closest, then `and`, then `or`. `parse(print(c))` gives c back exactly.
 */
export function parse(text: string): Parsed {
  try {
    return { ok: true, condition: new Parser(text).parse() };
  } catch (error) {
    if (!(error instanceof ConditionSyntaxError)) throw error;
    return { ok: false, problems: [{ at: error.at, message: error.message }] };
  }
}

/** Parses a text and checks it over the given names; every problem carries its place in the text. */
export function parseChecked(text: string, names: readonly SignalName[]): Parsed {
  try {
    const parser = new Parser(text);
    const condition = parser.parse();
    const checked = checkCondition(condition, names);
    if (checked.ok) return checked;
    const problems = checked.problems.map(({ path, message }) => ({ at: parser.placeOf(condition, path), message }));
    return { ok: false, problems: problems.sort((a, b) => a.at - b.at) };
  } catch (error) {
    if (!(error instanceof ConditionSyntaxError)) throw error;
    return { ok: false, problems: [{ at: error.at, message: error.message }] };
  }
}

interface Places {
  signal: number;
  op: number;
  value: number;
}

class Parser {
  private readonly tokens: Token[];
  private next = 0;
  private nesting = 0;
  private readonly places = new Map<Condition, Places>();

  constructor(text: string) {
    if (text.length > maxLength)
      throw new ConditionSyntaxError(maxLength, `A condition has at most ${maxLength} characters.`);
    this.tokens = tokenize(text);
  }

  parse(): Condition {
    const condition = this.group('or');
    if (this.peek().kind !== 'end') this.expected('and, or, or the end');
    return condition;
  }

  /** Where in the text the piece of JSON at `path` was written. */
  placeOf(root: Condition, path: string): number {
    let node: Condition = root;
    for (const step of path.match(/[a-z]+(\[\d+\])?/g) ?? []) {
      const index = /^of(?:\[(\d+)\])?$/.exec(step);
      if (index === null) return this.places.get(node)?.[placeOfField(step)] ?? 0;
      if ('of' in node)
        node = Array.isArray(node.of) ? (node.of[Number(index[1] ?? 0)] ?? node) : (node.of as Condition);
    }
    return this.places.get(node)?.signal ?? 0;
  }

  private group(op: 'and' | 'or'): Condition {
    const at = this.peek().at;
    const of = [this.part(op)];
    while (this.take(op)) of.push(this.part(op));
    return of.length === 1 ? of[0]! : this.placed({ op, of }, { signal: at, op: at, value: at });
  }

  private part(op: 'and' | 'or'): Condition {
    return op === 'or' ? this.group('and') : this.unary();
  }

  private unary(): Condition {
    const { at } = this.peek();
    if (this.nesting >= maxNesting) throw new ConditionSyntaxError(at, 'This is nested too deeply.');
    this.nesting += 1;
    const condition = this.notOrParenthesis(at) ?? this.comparison();
    this.nesting -= 1;
    return condition;
  }

  private notOrParenthesis(at: number): Condition | null {
    if (this.take('not')) return this.placed({ op: 'not', of: this.unary() }, { signal: at, op: at, value: at });
    if (!this.take('(')) return null;
    const inner = this.group('or');
    this.need(')');
    return inner;
  }

  private comparison(): Condition {
    const name = this.peek();
    if (name.kind !== 'name') return this.expected('a signal, not or (');
    this.next += 1;
    const operator = this.peek();
    const comparison = this.rest(name.name, () => this.peek().at);
    const value = this.tokens[this.tokens.indexOf(operator) + 1]?.at ?? operator.at;
    return this.placed(comparison, { signal: name.at, op: operator.at, value });
  }

  private rest(signal: string, here: () => number): Comparison {
    if (this.take('is')) {
      if (this.take('missing')) return { op: 'missing', signal };
      if (this.take('present')) return { op: 'present', signal };
      return this.expected('missing or present');
    }
    if (this.take('contains')) return { op: 'contains', signal, value: this.text() };
    if (this.take('in')) return { op: 'in', signal, values: this.values() };
    if (this.take('between')) {
      const low = this.number();
      this.need('and');
      return { op: 'between', signal, low, high: this.number() };
    }
    for (const [sign, op] of Object.entries(operators)) {
      if (!this.take(sign)) continue;
      if (op === 'eq' || op === 'ne') return { op, signal, value: this.constant() };
      return { op, signal, value: this.number() };
    }
    throw new ConditionSyntaxError(here(), `After ${signal} comes =, !=, <, <=, >, >=, between, in, contains or is.`);
  }

  private values(): (number | string)[] {
    this.need('(');
    const values = [this.numberOrText()];
    while (this.take(',')) values.push(this.numberOrText());
    this.need(')');
    return values;
  }

  private constant(): Constant {
    if (this.take('true')) return true;
    if (this.take('false')) return false;
    return this.numberOrText();
  }

  private numberOrText(): number | string {
    return this.peek().kind === 'number' ? this.number() : this.text('a number or a text in double quotes');
  }

  private number(): number {
    const token = this.peek();
    if (token.kind !== 'number') return this.expected('a number');
    this.next += 1;
    return token.number;
  }

  private text(wanted = 'a text in double quotes'): string {
    const token = this.peek();
    if (token.kind !== 'text') return this.expected(wanted);
    this.next += 1;
    return token.content;
  }

  private peek(): Token {
    return this.tokens[this.next]!;
  }

  private take(word: string): boolean {
    const token = this.peek();
    const taken = (token.kind === 'keyword' || token.kind === 'symbol') && token.text.toLowerCase() === word;
    if (taken) this.next += 1;
    return taken;
  }

  private need(word: string): void {
    if (!this.take(word)) this.expected(word);
  }

  private expected(wanted: string): never {
    const { at, text } = this.peek();
    throw new ConditionSyntaxError(
      at,
      `Expected ${wanted}${text === '' ? ', but the text ends.' : `, found ${text}.`}`,
    );
  }

  private placed(condition: Condition, places: Places): Condition {
    this.places.set(condition, places);
    return condition;
  }
}

function placeOfField(step: string): keyof Places {
  return step === 'signal' || step === 'op' ? step : 'value';
}

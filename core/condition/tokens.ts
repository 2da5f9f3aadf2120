import { keywords } from './print.ts';

/** A piece of a condition's text. `at` is the index of its first character, from 0. */
export type Token = { at: number; text: string } & (
  | { kind: 'name'; name: string }
  | { kind: 'keyword' | 'symbol' | 'end' }
  | { kind: 'number'; number: number }
  | { kind: 'text'; content: string }
);

/** Thrown inside the parser only; `parse` returns it as a problem. */
export class ConditionSyntaxError extends Error {
  readonly at: number;

  constructor(at: number, message: string) {
    super(message);
    this.at = at;
  }
}

const patterns = {
  space: /\s+/y,
  number: /-?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?/y,
  word: /[A-Za-z_][A-Za-z0-9_]*(?:\.[A-Za-z0-9_]+)*/y,
  quotedName: /`(?:[^`\\]|\\[`\\])+`/y,
  text: /"(?:[^"\\]|\\.)*"/y,
  symbol: /<=|>=|!=|[=<>(),]/y,
};

/** Splits a condition's text into tokens, the last of kind `end`. Throws ConditionSyntaxError. */
export function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < text.length) {
    const space = match(patterns.space, text, at);
    if (space === null) tokens.push(readToken(text, at));
    at += (space ?? tokens.at(-1)!.text).length;
  }
  tokens.push({ kind: 'end', at: text.length, text: '' });
  return tokens;
}

function readToken(source: string, at: number): Token {
  const number = match(patterns.number, source, at);
  if (number !== null) return readNumber(number, at);
  const word = match(patterns.word, source, at);
  if (word !== null) {
    const lower = word.toLowerCase();
    return keywords.has(lower) ? { kind: 'keyword', at, text: word } : { kind: 'name', at, text: word, name: word };
  }
  const name = match(patterns.quotedName, source, at);
  if (name !== null) return { kind: 'name', at, text: name, name: name.slice(1, -1).replaceAll(/\\([`\\])/g, '$1') };
  const text = match(patterns.text, source, at);
  if (text !== null) return { kind: 'text', at, text, content: readText(text, at) };
  const symbol = match(patterns.symbol, source, at);
  if (symbol !== null) return { kind: 'symbol', at, text: symbol };
  throw new ConditionSyntaxError(at, unreadable(source[at]!));
}

function readNumber(text: string, at: number): Token {
  const number = Number(text);
  if (!Number.isFinite(number)) throw new ConditionSyntaxError(at, `${text} is too large a number.`);
  return { kind: 'number', at, text, number: number === 0 ? 0 : number };
}

function readText(quoted: string, at: number): string {
  try {
    return JSON.parse(quoted) as string;
  } catch {
    throw new ConditionSyntaxError(
      at,
      'This text has an escape or a line break that is not allowed; use \\n, \\" or \\\\.',
    );
  }
}

function unreadable(character: string): string {
  if (character === '"') return 'This text has no closing ".';
  if (character === '`') return 'This name has no closing `.';
  if (character === "'") return 'Texts are written in double quotes.';
  return `"${character}" has no meaning here.`;
}

function match(pattern: RegExp, text: string, at: number): string | null {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0] ?? null;
}

/** Reading lists and objects. In a file's cell a list is separated by ; or | (or is JSON). */
import { fieldType, type ReadContext, Refused } from './field.ts';
import { readInstant } from './times.ts';
import { quote, readEmail, readNumber, readText } from './values.ts';

const longestList = 200;

function listOf<T>(type: string, read: (value: unknown, context: ReadContext) => T | Refused) {
  return fieldType<T[]>(`list of ${type}`, (value, context) => {
    const items = splitList(value);
    if (items instanceof Refused) return items;
    if (items.length > longestList) return new Refused(`may have ${longestList} items, and this has ${items.length}`);
    const list: T[] = [];
    for (const item of items) {
      const one = read(item, context);
      if (one instanceof Refused) return one;
      list.push(one);
    }
    return [...new Set(list)];
  });
}

function splitList(value: unknown): unknown[] | Refused {
  if (Array.isArray(value)) return value;
  if (typeof value !== 'string') return [value];
  const written = value.trim();
  if (!written.startsWith('[')) {
    return written
      .split(/[;|]/)
      .map((item) => item.trim())
      .filter((item) => item !== '');
  }
  try {
    return JSON.parse(written) as unknown[];
  } catch {
    return new Refused(`is no valid JSON list: ${quote(value)}`);
  }
}

export const texts = listOf('texts', (value) => readText(value, 200));
export const emails = listOf('e-mail addresses', readEmail);
/** The order of time, whatever the order written. */
export const instants = (() => {
  const unordered = listOf('times', readInstant);
  return ((description, options) => {
    const field = unordered(description, options);
    return {
      ...field,
      read: (value: unknown, context: ReadContext) => {
        const list = field.read(value, context);
        return list instanceof Refused ? list : list.sort();
      },
    };
  }) as typeof unordered;
})();

export function choices<const W extends readonly string[]>(words: W) {
  return listOf<W[number]>(`words of ${words.join(', ')}`, (value) => {
    const written = String(value)
      .trim()
      .toLowerCase()
      .replaceAll(/[\s-]+/g, '_');
    return words.includes(written)
      ? written
      : new Refused(`must hold only ${words.join(', ')}, but holds ${quote(value)}`);
  });
}

export type Attributes = Record<string, string | number | boolean | null>;

const mostAttributes = 200;
const longestAttribute = 2000;

/** Named values of one account or person: texts, numbers, booleans. Anything deeper is kept as JSON text. */
export const attributes = fieldType<Attributes>('object of named values', (value) => {
  const object = readObject(value);
  if (object instanceof Refused) return object;
  const entries = Object.entries(object);
  if (entries.length > mostAttributes) return new Refused(`may have ${mostAttributes} entries`);
  const kept: Attributes = {};
  for (const [name, inner] of entries) {
    const key = readText(name, 100);
    if (key instanceof Refused) return new Refused(`has a name that ${key.message}`);
    const one = readAttribute(inner);
    if (one instanceof Refused) return new Refused(`.${key} ${one.message}`);
    kept[key] = one;
  }
  return kept;
});

export function readAttribute(value: unknown): string | number | boolean | null | Refused {
  if (value === null || value === undefined || typeof value === 'boolean') return value ?? null;
  if (typeof value === 'number') return Number.isFinite(value) ? value : new Refused('must be a finite number');
  return readText(typeof value === 'string' ? value : JSON.stringify(value), longestAttribute);
}

/** Counts by name, none negative. */
export const counts = fieldType<Record<string, number>>('object of counts', (value) => {
  const object = readObject(value);
  if (object instanceof Refused) return object;
  const kept: Record<string, number> = {};
  for (const [name, inner] of Object.entries(object)) {
    const key = readText(name, 300);
    if (key instanceof Refused) return new Refused(`has a name that ${key.message}`);
    if (inner === null || inner === '') continue;
    const number = readNumber(inner);
    if (number instanceof Refused) return new Refused(`.${key} ${number.message}`);
    if (number < 0) return new Refused(`.${key} must not be negative, but is ${quote(inner)}`);
    kept[key] = number;
  }
  return kept;
});

/** Free properties of an event, as deep as they come. */
export const properties = fieldType<Record<string, unknown>>('object', (value) => {
  const object = readObject(value);
  if (object instanceof Refused) return object;
  const written = JSON.stringify(object);
  if (written.length > 32_768) return new Refused('may have 32 768 characters');
  return /\\u0000|\\ud[89a-f]/i.test(written) ? new Refused('holds a NUL character or half a character') : object;
});

function readObject(value: unknown): Record<string, unknown> | Refused {
  let object = value;
  if (typeof value === 'string') {
    try {
      object = JSON.parse(value);
    } catch {
      return new Refused(`is no valid JSON object: ${quote(value)}`);
    }
  }
  return typeof object === 'object' && object !== null && !Array.isArray(object)
    ? (object as Record<string, unknown>)
    : new Refused(`must be an object, but is ${quote(value)}`);
}

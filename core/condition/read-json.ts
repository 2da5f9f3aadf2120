import { nearestNames } from './nearest.ts';
import type { Problem, SignalName, SignalType } from './types.ts';

export type JsonRecord = Readonly<Record<string, unknown>>;

/** What a checker returns: the typed value, or every problem found in the given JSON. */
export type Checked<T> = ({ ok: true } & T) | { ok: false; problems: Problem[] };

/** Collects the problems of one check and reads typed pieces out of unknown JSON: null where one is wrong. */
export class JsonReader {
  readonly problems: Problem[] = [];

  fail(path: string, message: string): null {
    this.problems.push({ path, message });
    return null;
  }

  /** An object with these fields and no others. */
  record(json: unknown, path: string, fields: readonly string[], optional: readonly string[] = []): JsonRecord | null {
    if (typeof json !== 'object' || json === null || Array.isArray(json)) return this.fail(path, 'Must be an object.');
    const record = json as JsonRecord;
    for (const field of fields) if (record[field] === undefined) this.fail(join(path, field), 'Is required.');
    for (const field of Object.keys(record)) {
      if (!fields.includes(field) && !optional.includes(field))
        this.unknownField(path, field, [...fields, ...optional]);
    }
    return record;
  }

  private unknownField(path: string, field: string, known: readonly string[]): void {
    this.fail(join(path, field), `Unknown field.${suggestion(nearestNames(field, known))}`);
  }

  list(json: unknown, path: string, most: number): readonly unknown[] | null {
    if (json === undefined) return null;
    if (!Array.isArray(json)) return this.fail(path, 'Must be a list.');
    if (json.length > most) return this.fail(path, `Has ${json.length} entries; at most ${most} are allowed.`);
    return json;
  }

  text(json: unknown, path: string, most: number): string | null {
    if (json === undefined) return null;
    if (typeof json !== 'string') return this.fail(path, 'Must be a text.');
    if (json.trim() === '') return this.fail(path, 'Must not be empty.');
    if (json.length > most) return this.fail(path, `Is ${json.length} characters long; at most ${most} are allowed.`);
    return json;
  }

  /** A finite number from `low` to `high`, both inside. Minus zero becomes zero. */
  number(json: unknown, path: string, low = -Infinity, high = Infinity): number | null {
    if (json === undefined) return null;
    if (typeof json !== 'number' || !Number.isFinite(json)) return this.fail(path, 'Must be a number.');
    if (json < low || json > high) {
      return this.fail(path, high === Infinity ? `Must be at least ${low}.` : `Must be from ${low} to ${high}.`);
    }
    return json === 0 ? 0 : json;
  }

  choice<T extends string>(json: unknown, path: string, choices: readonly T[]): T | null {
    if (json === undefined) return null;
    const found = choices.find((choice) => choice === json);
    return found ?? this.fail(path, `Must be one of ${choices.join(', ')}.`);
  }

  boolean(json: unknown, path: string): boolean | null {
    if (json === undefined) return null;
    return typeof json === 'boolean' ? json : this.fail(path, 'Must be true or false.');
  }
}

/** The types of known signals by key. */
export type Vocabulary = ReadonlyMap<string, SignalType>;

/** The vocabulary as a map, for checks that look up many names. */
export function toVocabulary(names: readonly SignalName[]): Vocabulary {
  return new Map(names.map(({ key, type }) => [key, type]));
}

/** The message for a name that is not in the vocabulary, with the nearest ones that are. */
export function unknownSignal(name: string, vocabulary: Vocabulary): string {
  return `There is no signal "${name}".${suggestion(nearestNames(name, [...vocabulary.keys()]))}`;
}

function suggestion(names: readonly string[]): string {
  return names.length === 0 ? '' : ` Did you mean ${names.join(' or ')}?`;
}

/** `path` extended by a field or an index. */
export function join(path: string, step: string | number): string {
  if (typeof step === 'number') return `${path}[${step}]`;
  return path === '' ? step : `${path}.${step}`;
}

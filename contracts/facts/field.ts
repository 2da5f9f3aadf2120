/** A field of a fact: what it means, what a file may call it, and how a value from JSON or from a file's cell is read. */

export interface ReadContext {
  /** zone of times without an offset, and of days */
  timeZone: string;
  /** of amounts that come without a currency */
  currency: string;
  /** 'major' 12.50 or 'minor' 1250 */
  moneyUnit: 'major' | 'minor';
  /** whole days added to every day and time, to try old data as if it ended today; absent = none */
  shiftDays?: number;
}

/** Why a value is not taken, as a sentence after the field's name: "must be a whole number, but is 1.5". */
export class Refused {
  readonly message: string;
  constructor(message: string) {
    this.message = message;
  }
}

export interface Field<T = unknown, Required extends boolean = boolean> {
  /** for people: 'text', 'whole number', 'day', one of …  */
  type: string;
  required: Required;
  description: string;
  /** other names that files use for it, in lower case with underscores */
  aliases: readonly string[];
  /** never called with an empty value */
  read(value: unknown, context: ReadContext): T | Refused;
}

type FieldOptions = { aliases?: string; required?: boolean };
type IsRequired<O> = O extends { required: true } ? true : false;

/** Makes a constructor of fields of one type. `aliases` is a list separated by spaces. */
export function fieldType<T>(type: string, read: Field<T>['read']) {
  return <const O extends FieldOptions = { required: false }>(
    description: string,
    options?: O,
  ): Field<T, IsRequired<O>> => ({
    type,
    description,
    required: (options?.required ?? false) as IsRequired<O>,
    aliases: options?.aliases?.split(/\s+/) ?? [],
    read,
  });
}

export type Fields = Readonly<Record<string, Field>>;

export type FactOf<F extends Fields> = {
  [Name in keyof F]: F[Name] extends Field<infer T, infer R> ? (R extends true ? T : T | null) : never;
};

/** A rule between fields: the field at fault and why, or null. */
export type Check<F extends Fields> = (fact: FactOf<F>) => { field: string; message: string } | null;

export interface FactKind<K extends string = string, F extends Fields = Fields> {
  kind: K;
  title: string;
  description: string;
  fields: F;
  check: Check<F>;
}

/** Declares a kind. Required fields are already there when `checks` are asked, in order, for the first fault. */
export function factKind<const K extends string, F extends Fields>(
  kind: K,
  title: string,
  description: string,
  fields: F,
  ...checks: Check<F>[]
): FactKind<K, F> {
  const check: Check<F> = (fact) => {
    for (const rule of checks) {
      const fault = rule(fact);
      if (fault) return fault;
    }
    return null;
  };
  return { kind, title, description, fields, check };
}

/** The rule that `later` does not lie before `earlier`; both may be missing. Days and instants in ISO form compare as text. */
export function inOrder<F extends Fields>(earlier: keyof F & string, later: keyof F & string): Check<F> {
  return (fact) => {
    const from = fact[earlier] as string | null;
    const to = fact[later] as string | null;
    if (from === null || to === null || to >= from) return null;
    return { field: later, message: `lies before ${earlier} (${to} < ${from})` };
  };
}

/** The rule that at least one of these fields is given. */
export function oneOf<F extends Fields>(...names: (keyof F & string)[]): Check<F> {
  return (fact) =>
    names.some((name) => fact[name] !== null)
      ? null
      : { field: names[0]!, message: `is missing: give ${names.join(' or ')}` };
}

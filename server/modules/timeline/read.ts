import sql, { empty, join } from 'sql-template-tag';
import type { Answer, Parsed } from '#contracts/kit.ts';
import { type getTimeline as contract, timelineKinds } from '#contracts/timeline.ts';
import { dayOf, endOfDay, fromIso, toIso } from '#core/calendar/day.ts';
import { invalidField } from '#server/errors.ts';
import type { Tx } from '#server/platform/db/pool.ts';
import { readSortedCursor, writeSortedCursor } from '#server/platform/http/sorted-cursor.ts';
import { type Data, describe } from './describe.ts';
import { type Scope, sources, type TimelineKind } from './sources.ts';

interface Row {
  kind: TimelineKind;
  key: string;
  at: Date;
  /** `at` to the microsecond, which Date does not hold */
  micros: number;
  data: Data;
}

const cursorForm = /^(-?\d{1,17}) ([\w:.,+-]{1,200})$/;

/** All facts and judgements of the account, newest first; use is folded into a line for each day. @throws AppError 400 */
export async function readTimeline(
  tx: Tx,
  scope: Scope,
  { kinds, asOf, cursor, limit, locale }: Parsed<typeof contract>['query'],
): Promise<Answer<typeof contract>> {
  const wanted = readKinds(kinds);
  const written = readLocale(locale);
  const rows = await tx.many<Row>(select(wanted, scope, { cursor, asOf, count: limit + 1, everything: !kinds }));
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    items: shown.map((row) => present(row, scope.timeZone, written)),
    nextCursor:
      rows.length > limit ? writeSortedCursor('timeline', { value: `${last!.micros} ${last!.key}`, id: 0 }) : null,
  };
}

interface Span {
  cursor: string | undefined;
  /** the last day that is read, 'YYYY-MM-DD' */
  asOf: string | undefined;
  count: number;
  /** no kind was chosen */
  everything: boolean;
}

/** The newest of each kind, then the newest of them all: no kind is read further than the page needs. */
function select(kinds: readonly TimelineKind[], scope: Scope, { cursor, asOf, count, everything }: Span) {
  const position = readSortedCursor(cursor, 'timeline', (value) => typeof value === 'string' && cursorForm.test(value));
  const [, micros, key] = cursorForm.exec(String(position?.value)) ?? [];
  if (position && !micros) throw invalidField('cursor', 'is not one that this list gave');
  const bounds = [
    ...(position
      ? [
          sql`(at, key collate "C") < (timestamptz 'epoch' + ${micros}::float8 * interval '1 microsecond', ${key}::text)`,
        ]
      : []),
    ...(asOf === undefined
      ? []
      : [sql`at <= to_timestamp(${endOfDay(fromIso(asOf)!, scope.timeZone)}::float8 / 1000)`]),
  ];
  // A rule that goes on holding is nothing new: among everything it would bury what customers said and did.
  const news = sql`data ->> 'kind' <> 'evidence_added'`;
  const whereOf = (kind: TimelineKind) => {
    const all = everything && kind === 'risk' ? [...bounds, news] : bounds;
    return all.length === 0 ? empty : sql`where ${join(all, ' and ')}`;
  };
  const newest = sql`order by at desc, key collate "C" desc limit ${count}`;
  const arms = kinds.map(
    (kind) =>
      sql`(select ${kind} as kind, key, at, data from (${sources[kind](scope)}) f (key, at, data) ${whereOf(kind)} ${newest})`,
  );
  return sql`select kind, key, at, (extract(epoch from at) * 1000000)::bigint as micros, data
    from (${join(arms, ' union all ')}) lines ${newest}`;
}

function readKinds(text: string | undefined): readonly TimelineKind[] {
  if (!text) return timelineKinds;
  const wanted = [...new Set(text.split(',').map((word) => word.trim()))];
  for (const word of wanted) {
    if (!(timelineKinds as readonly string[]).includes(word)) {
      throw invalidField('kinds', `"${word}" is none of ${timelineKinds.join(', ')}`);
    }
  }
  return wanted as TimelineKind[];
}

function readLocale(tag: string): string {
  try {
    return Intl.getCanonicalLocales(tag)[0] ?? 'en';
  } catch {
    throw invalidField('locale', 'is not a language tag such as en-GB');
  }
}

function present(
  { kind, key, at, data }: Row,
  timeZone: string,
  locale: string,
): Answer<typeof contract>['items'][number] {
  const day = kind === 'usage' ? String(data.day) : toIso(dayOf(at.getTime(), timeZone));
  return { key, kind, at: at.toISOString(), day, count: 1, people: null, ...describe(kind, data, locale) };
}

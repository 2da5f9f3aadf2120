/** The facts behind a signal, newest first: those of the source that the signal reads, narrowed to those that it speaks of. */
import type { Answer } from '#contracts/kit.ts';
import type { getSignalFacts } from '#contracts/signals.ts';
import { CATALOGUE } from '#core/signals/catalogue.ts';
import { FAMILY_SOURCES } from '#core/signals/compute.ts';
import type { SourceKind } from '#core/signals/facts.ts';
import { notFound } from '#server/errors.ts';
import type { Tx } from '#server/platform/db/pool.ts';
import { readCursor, writeCursor } from '#server/platform/http/cursor.ts';
import { factTexts } from './fact-texts.ts';
import { narrowed } from './narrowed.ts';

export async function signalFacts(
  tx: Tx,
  workspaceId: number,
  accountId: number,
  key: string,
  asked: { limit: number; cursor?: string | undefined; until: number },
): Promise<Answer<typeof getSignalFacts>> {
  const signal = CATALOGUE.find((s) => s.key === key);
  if (!signal && !key.startsWith('custom.')) throw notFound('signal');
  const source = signal?.provider;
  const sources: readonly SourceKind[] = !signal
    ? ['usage']
    : !source || source === 'derived'
      ? []
      : FAMILY_SOURCES[signal.family].includes(source)
        ? [source]
        : [];
  const before = readCursor(asked.cursor) ?? asked.until;
  const rows = await tx.many<{ key: string; at: Date; kind: string; title: string; detail: string | null }>({
    text: `select key, at, kind, title, detail from (${sources.map((name) => factTexts[name]).join(' union all ') || emptyText}) f
      where at < to_timestamp($3::float8 / 1000) and to_timestamp($5::float8 / 1000) is not null
        and ${(signal && narrowed[signal.key]) ?? 'true'}
      order by at desc, key limit $4`,
    values: [workspaceId, accountId, before, asked.limit, asked.until],
  });
  const last = rows.at(-1);
  return {
    items: rows.map((row) => ({ ...row, at: row.at.toISOString() })),
    nextCursor: last && rows.length === asked.limit ? writeCursor(last.at.getTime()) : null,
  };
}

const emptyText = `select '' as key, now() as at, '' as kind, '' as title, '' as detail, null::jsonb as facet where $1::int is null and $2::bigint is null`;

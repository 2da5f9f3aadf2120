/** A workspace whose facts come in through the doors of the product and whose clock is the test's own. */
import sql from 'sql-template-tag';
import type { FactKindName } from '#contracts/facts.ts';
import type { SignalValue } from '#core/condition/types.ts';
import { CATALOGUE } from '#core/signals/catalogue.ts';
import { computeSignals, FAMILY_SOURCES } from '#core/signals/compute.ts';
import type { AsOf } from '#core/signals/facts.ts';
import { factContext, storeFacts } from '#server/modules/facts/index.ts';
import { seedHealth } from '#server/modules/health/index.ts';
import { seedRisk } from '#server/modules/risk/index.ts';
import { fromSlots, loadFacts, loadSettings } from '#server/modules/signals/index.ts';
import type { Pool, Tx } from '#server/platform/db/pool.ts';
import { createWorkspace, inside } from '#server/testing/factories.ts';
import { evaluateWorkspace } from './index.ts';

export const hour = 3_600_000;
export const day = 24 * hour;

export interface World {
  workspaceId: number;
  inside<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  rows<T>(statement: ReturnType<typeof sql>): Promise<T[]>;
  /** Stores facts of one kind as of `now`; accounts they name are made. */
  send(kind: FactKindName, facts: readonly object[], now: number): Promise<void>;
  /** Judges until nothing is dirty. */
  judge(now: number): Promise<number>;
  /** Account id by the id in facts. */
  accountId(external: string): Promise<number>;
}

export async function createWorld(pool: Pool, timeZone = 'UTC'): Promise<World> {
  const workspaceId = await createWorkspace(pool, { timeZone });
  const within: World['inside'] = (work) => inside(pool, workspaceId, work);
  await within(async (tx) => {
    await seedHealth(tx, workspaceId);
    await seedRisk(tx, workspaceId);
  });
  return {
    workspaceId,
    inside: within,
    rows: <T>(statement: ReturnType<typeof sql>) => within((tx) => tx.many<T>(statement)),
    send: async (kind, facts, now) => {
      const results = await within(async (tx) => {
        const context = await factContext(tx, workspaceId, { source: 'file', createAccounts: true, now });
        return storeFacts(tx, context, kind, facts as Record<string, unknown>[]);
      });
      const bad = results.find((result) => result.outcome === 'rejected' || result.outcome === 'unmatched');
      if (bad) throw new Error(`${kind}: ${bad.outcome} ${bad.reason}`);
    },
    judge: async (now) => {
      let judged = 0;
      for (;;) {
        const some = await evaluateWorkspace(pool, workspaceId, 100, () => now);
        if (some === 0) return judged;
        judged += some;
      }
    },
    accountId: (external) =>
      within(async (tx) => {
        const row = await tx.one<{ account_id: number }>(sql`select account_id from account_ids
          where workspace_id = ${workspaceId} and source = 'file' and external_id = ${external}`);
        return row.account_id;
      }),
  };
}

type Values = Record<string, SignalValue>;

/** Signals as the evaluator left them, by account. Those that judgement adds are left out. */
export async function storedSignals({ workspaceId, rows }: World): Promise<Map<number, Values>> {
  const states = await rows<{ account_id: number; signals: (number | null)[] }>(
    sql`select account_id, to_json(signals) as signals from account_states where workspace_id = ${workspaceId}`,
  );
  return new Map(states.map((row) => [row.account_id, factual(fromSlots(row.signals))]));
}

/** Signals computed anew from all facts as they are stored now, by account. */
export function freshSignals({ workspaceId, inside: within }: World, asOf: AsOf): Promise<Map<number, Values>> {
  return within(async (tx) => {
    const accounts = await tx.many<{ id: number }>(
      sql`select id from accounts where workspace_id = ${workspaceId} and merged_into is null`,
    );
    const settings = await loadSettings(tx, workspaceId);
    const ids = accounts.map((row) => row.id);
    const wanted = { families: everyFamily, fromDay: asOf.day, toDay: asOf.day };
    const facts = await loadFacts(tx, settings, ids, wanted);
    return new Map(ids.map((id) => [id, factual(computeSignals(facts.get(id)!, asOf, settings))]));
  });
}

const everyFamily = Object.keys(FAMILY_SOURCES) as (keyof typeof FAMILY_SOURCES)[];
const judged = new Set(CATALOGUE.filter((s) => /^(health|risk)\./.test(s.key)).map((s) => s.key as string));

export function factual(values: Values): Values {
  const kept = Object.entries(values).filter(([key]) => !judged.has(key) && !key.startsWith('account.'));
  return Object.fromEntries(kept.map(([key, value]) => [key, value ?? null]));
}

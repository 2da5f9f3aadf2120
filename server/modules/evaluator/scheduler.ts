/** What time alone brings about: days turn, snoozes and overrides end, events whose clocks ran ahead come due. */
import { markDirty } from '#server/modules/dirty/index.ts';
import { refreshReaches } from '#server/modules/health/index.ts';
import { dueRisks } from '#server/modules/risk/index.ts';
import { applyDueEvents } from '#server/modules/usage/index.ts';
import { type Pool, type Tx, transaction } from '#server/platform/db/pool.ts';
import { createLogger, type Logger } from '#server/platform/log/log.ts';
import { closeDay } from './daily.ts';
import { workspaceIds } from './loop.ts';
import { markPassing } from './passing.ts';
import { inTurns } from './turns.ts';
import { lookAfterPasts } from './works.ts';

const tickMs = 1_000;
/** The daily pass over a large workspace takes minutes, in which the days of the others turn too. */
const workspacesAtOnce = 3;
const mostAtOnce = 1_000;

export async function runScheduler({ pool, log }: { pool: Pool; log: Logger }, signal: AbortSignal): Promise<void> {
  const list = () => workspaceIds(pool).catch(() => []);
  const look = (workspaceId: number) => doDuties(pool, workspaceId, Date.now(), log);
  await inTurns({ list, look, atOnce: workspacesAtOnce, pauseMs: tickMs }, signal);
}

type Duty = (pool: Pool, workspaceId: number, now: number, log: Logger) => Promise<unknown>;

const duties: readonly Duty[] = [applyDueEvents, wakeDue, markPassing, closeDay, lookAfterPasts, refreshReaches];

/** Does what is due in a workspace by `now`. One duty that fails is logged and does not keep the others from being done. */
async function doDuties(pool: Pool, workspaceId: number, now: number, log: Logger): Promise<void> {
  for (const duty of duties) {
    try {
      await duty(pool, workspaceId, now, log);
    } catch (error) {
      log.error({ err: error, workspaceId, duty: duty.name }, 'scheduled work failed; it is tried again');
    }
  }
}

/** The same for tests with a clock of their own. @throws what a duty fails with */
export async function tick(pool: Pool, workspaceId: number, now: number): Promise<void> {
  for (const duty of duties) await duty(pool, workspaceId, now, createLogger('error'));
}

/** Accounts whose snoozes or overrides end are judged again. */
async function wakeDue(pool: Pool, workspaceId: number, now: number): Promise<void> {
  await transaction(pool, workspaceId, async (tx) => {
    const accounts = [
      ...(await dueRisks(tx, workspaceId, now, mostAtOnce)),
      ...(await endedOverrides(tx, workspaceId, now)),
    ];
    await markDirty(
      tx,
      workspaceId,
      accounts.map((accountId) => ({ accountId, families: ['health'], historyFrom: null })),
    );
  });
}

async function endedOverrides(tx: Tx, workspaceId: number, now: number): Promise<number[]> {
  const rows = await tx.many<{ account_id: number }>({
    name: 'end-overrides',
    text: `update score_overrides set ended_at = until where workspace_id = $1 and ended_at is null
      and until <= to_timestamp($2::float8 / 1000) returning account_id`,
    values: [workspaceId, now],
  });
  return rows.map((row) => row.account_id);
}

/** The signals of one account: now, on a past day, and over time. */
import type { Answer } from '#contracts/kit.ts';
import type { getAccountSignals, getSignalHistory } from '#contracts/signals.ts';
import { type Day, dayOf, fromIso, toIso } from '#core/calendar/day.ts';
import type { SignalValue } from '#core/condition/types.ts';
import { CATALOGUE, type SignalFamily } from '#core/signals/catalogue.ts';
import { computeSignals, FAMILY_SOURCES } from '#core/signals/compute.ts';
import type { AsOf } from '#core/signals/facts.ts';
import { freshness } from '#core/signals/freshness.ts';
import { asOfDay } from '#core/signals/moment.ts';
import { isSmallNumber } from '#core/signals/small-numbers.ts';
import { invalidField, notFound } from '#server/errors.ts';
import {
  customOf,
  customPasts,
  loadCurrent,
  loadFacts,
  loadSettings,
  readHistory,
  valuesOf,
  type WorkspaceSettings,
} from '#server/modules/signals/index.ts';
import type { Tx } from '#server/platform/db/pool.ts';
import { usedSignals } from './custom.ts';

const everyFamily = Object.keys(FAMILY_SOURCES) as SignalFamily[];
const familyOf = new Map(CATALOGUE.map((signal) => [signal.key as string, signal.family]));

/** A past workspace day asked for. @throws AppError 400 for today and later */
export function pastDay(asked: string, field: string, now: number, timeZone: string): Day {
  const day = fromIso(asked)!;
  if (day >= dayOf(now, timeZone)) throw invalidField(field, 'is a day that is over; leave it out for now');
  return day;
}

export async function accountSignals(
  tx: Tx,
  workspaceId: number,
  accountId: number,
  asked: { asOf?: string | undefined; reading: 'now' | 'then' },
  now: number,
): Promise<Answer<typeof getAccountSignals>> {
  const settings = await loadSettings(tx, workspaceId);
  const current = await loadCurrent(tx, workspaceId, accountId);
  if (!current) throw notFound('account');
  const asOf =
    asked.asOf === undefined
      ? { at: now, day: dayOf(now, settings.timeZone) }
      : asOfDay(pastDay(asked.asOf, 'asOf', now, settings.timeZone), settings.timeZone);
  const known = await knownNow(tx, settings, accountId, asOf, asked.asOf !== undefined);
  // health.* and risk.* are judgements: of now they stand in the state, of a past day in its history.
  const judged =
    asked.asOf === undefined ? current.values : await judgedOn(tx, workspaceId, accountId, asOf.day, asked.reading);
  const values =
    asked.reading === 'then' && asked.asOf !== undefined
      ? (judged ?? {})
      : { ...known.values, ...onlyJudgements(judged ?? {}) };
  const used = await usedSignals(tx, workspaceId);
  return {
    asOf: new Date(asOf.at).toISOString(),
    day: toIso(asOf.day),
    reading: asked.reading,
    taken: asked.asOf === undefined || judged !== null,
    items: Object.entries(values)
      .filter(([key]) => !key.startsWith('account.'))
      .map(([key, value]) => ({
        key,
        value,
        freshAt: iso(known.fresh[familyOf.get(key) as SignalFamily] ?? null),
        smallNumbers: known.small(key),
        used: used.has(key),
      })),
  };
}

async function knownNow(tx: Tx, settings: WorkspaceSettings, accountId: number, asOf: AsOf, isPast: boolean) {
  const loaded = await loadFacts(tx, settings, [accountId], {
    families: everyFamily,
    fromDay: asOf.day,
    toDay: asOf.day,
  });
  const facts = loaded.get(accountId)!;
  const custom = await customKnownNow(tx, settings, accountId, asOf, isPast);
  const values: Record<string, SignalValue> = { ...computeSignals(facts, asOf, settings), ...custom };
  return {
    values,
    fresh: freshness(facts, asOf, settings),
    small: (key: string) => isSmallNumber(key, facts, asOf, settings),
  };
}

async function customKnownNow(
  tx: Tx,
  { workspaceId, timeZone }: WorkspaceSettings,
  accountId: number,
  asOf: AsOf,
  isPast: boolean,
): Promise<Record<string, SignalValue>> {
  if (!isPast) return (await customOf(tx, workspaceId, [accountId], asOf, timeZone)).get(accountId)!;
  const range = { from: asOf.day, to: asOf.day };
  return (await customPasts(tx, workspaceId, [accountId], range, timeZone)).get(accountId)![0]!;
}

function onlyJudgements(values: Record<string, SignalValue>): Record<string, SignalValue> {
  return Object.fromEntries(
    Object.entries(values).filter(([key]) => key.startsWith('health.') || key.startsWith('risk.')),
  );
}

async function judgedOn(tx: Tx, workspaceId: number, accountId: number, day: Day, reading: 'now' | 'then') {
  const [record] = await readHistory(tx, workspaceId, accountId, { from: day, to: day, prefer: reading });
  if (!record || (reading === 'then' && record.reading !== 'then')) return null;
  return valuesOf(record);
}

const daysShown = 365;
const mostDays = 5 * 366;

export async function signalHistory(
  tx: Tx,
  workspaceId: number,
  accountId: number,
  key: string,
  asked: { from?: string | undefined; to?: string | undefined },
  now: number,
): Promise<Answer<typeof getSignalHistory>> {
  const current = await loadCurrent(tx, workspaceId, accountId);
  if (!current) throw notFound('account');
  if (!(key in current.values) && !familyOf.has(key)) throw notFound('signal');
  const { timeZone } = await loadSettings(tx, workspaceId);
  const today = dayOf(now, timeZone);
  const to = asked.to === undefined ? today : Math.min(fromIso(asked.to)!, today);
  const from = asked.from === undefined ? to - daysShown : fromIso(asked.from)!;
  if (to - from > mostDays) throw invalidField('from', `may lie at most ${mostDays} days before the end`);
  const records = await readHistory(tx, workspaceId, accountId, { from, to, prefer: 'then' });
  const points = records.map((record) => ({
    day: toIso(record.day),
    value: valuesOf(record)[key] ?? null,
    reading: record.reading,
  }));
  if (to === today && current.day === today)
    points.push({ day: toIso(today), value: current.values[key] ?? null, reading: 'now' });
  return { key, points };
}

function iso(at: number | null): string | null {
  return at === null ? null : new Date(at).toISOString();
}

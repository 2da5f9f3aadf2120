/** Shipped and custom signals as the API shows them, with how much of the book has them. */
import type { SignalDefinition } from '#contracts/signals.ts';
import { CATALOGUE, type Signal } from '#core/signals/catalogue.ts';
import { type KeyedCustomSignal, loadCustomSignals } from '#server/modules/signals/index.ts';
import type { Tx } from '#server/platform/db/pool.ts';

export async function listDefinitions(tx: Tx, workspaceId: number): Promise<SignalDefinition[]> {
  const presence = await presenceOf(tx, workspaceId);
  const custom = await loadCustomSignals(tx, workspaceId);
  return [
    ...CATALOGUE.map((signal, slot) => presentShipped(signal, presence.slot(slot))),
    ...custom.map((signal) => presentCustom(signal, presence.key(signal.key))),
  ];
}

/** Beyond this many accounts presence is estimated from so many of them. */
const sample = 5_000;

async function presenceOf(tx: Tx, workspaceId: number) {
  const { total, slots, keys } = await tx.one<{
    total: number;
    slots: Record<string, number> | null;
    keys: Record<string, number> | null;
  }>({
    name: 'signal-presence',
    text: `with sampled as materialized (select signals, custom from account_states where workspace_id = $1 limit ${sample})
      select (select count(*) from sampled) as total,
        (select json_object_agg(i, n) from (select i, count(*) as n from sampled, unnest(signals) with ordinality as u (v, i)
          where v is not null group by i) s) as slots,
        (select json_object_agg(key, n) from (select key, count(*) as n from sampled, jsonb_each(custom)
          where value <> 'null' group by key) c) as keys`,
    values: [workspaceId],
  });
  const share = (count: number | undefined) => (total === 0 ? null : (count ?? 0) / total);
  return { slot: (slot: number) => share(slots?.[slot + 1]), key: (key: string) => share(keys?.[key]) };
}

function presentShipped(signal: Signal, presence: number | null): SignalDefinition {
  const { key, family, title, unit, type, window, definition, missing, higherIsBetter, decimals, provider } = signal;
  const shared = { key, family, title, unit, type, window, definition, missing, higherIsBetter, decimals };
  return { ...shared, connected: provider !== null, custom: false, presence, customDefinition: null };
}

const aggregates = {
  count: 'Number of',
  distinct_users: 'Distinct users of',
  sum: 'Sum over',
  average: 'Average over',
  last: 'Last value in',
} as const;

export function presentCustom(
  { key, definition }: Omit<KeyedCustomSignal, 'since'>,
  presence: number | null,
): SignalDefinition {
  const shared = {
    key,
    family: 'custom',
    title: definition.title,
    unit: definition.unit,
    connected: true,
    custom: true,
    presence,
    customDefinition: definition,
  };
  const { higherIsBetter } = definition;
  if (definition.kind === 'attribute') {
    return {
      ...shared,
      type: definition.type,
      window: 'now',
      definition: `The account’s attribute “${definition.attribute}”.`,
      missing:
        'Missing where the account has no such attribute, or it cannot be read as this type. Attributes have no dates: a past day is known from its snapshot, and missing before the signal was made.',
      higherIsBetter,
      decimals: 2,
    };
  }
  const { aggregate, event, property, windowDays, filters } = definition;
  const where = filters.map((f) => `${f.property} ${f.op} ${f.value ?? ''}`.trim()).join(' and ');
  return {
    ...shared,
    type: 'number',
    window: `${windowDays} d`,
    definition: `${aggregates[aggregate]} “${event}”${property ? `, property ${property}` : ''}${where ? `, where ${where}` : ''}.`,
    missing:
      'Missing before the account’s first event or daily count; an average or last value also when nothing matches. Days known from daily counts alone tell a count without filters, and the users of a window of one day.',
    higherIsBetter,
    decimals: aggregate === 'count' || aggregate === 'distinct_users' ? 0 : 2,
  };
}

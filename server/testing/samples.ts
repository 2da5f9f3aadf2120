/** One thing of each kind that an address can name, and one valid body for each write: for tests over all endpoints. */
import { type Pool, transaction } from '#server/platform/db/pool.ts';

export interface Samples {
  workspaceId: number;
  /** by the first part of the path: accounts, notes, risks … */
  ids: Record<string, number>;
  /** another account, to merge or to be a parent */
  otherAccount: number;
  /** another contact, to merge */
  otherContact: number;
  /** of a shipped scorecard */
  definition: unknown;
}

const inserts: Record<string, string> = {
  contacts: `insert into contacts (workspace_id, account_id, name) values ($1, $2, 'Kim')`,
  notes: `insert into notes (workspace_id, account_id, author_name, body) values ($1, $2, 'Ann', 'A note')`,
  risks: `insert into risk_signals (workspace_id, account_id, rule_key, state, status, urgency, opened_at, respond_by, is_open)
    select $1, $2, (select min(key) from risk_rules where workspace_id = $1), $3::jsonb, 'new', 'high', '2026-11-01', '2026-11-02', true`,
  imports: `insert into imports (workspace_id, name, status, bytes, content_hash, columns, format)
    values ($1, 'a.csv', 'done', 5, 'abc', '[{"name":"Name","samples":[],"guess":null}]', '{"compressed":false,
      "encoding":"utf-8","kind":"csv","delimiter":",","newline":"\\n","header":true,"columns":["Name"]}')`,
  'import-mappings': `insert into import_mappings (workspace_id, name, kind, mapping)
    values ($1, 'Ours', 'accounts', '{"kind":"accounts","fields":{},"source":"file","moneyUnit":"major","createAccounts":false}')`,
  features: `insert into features (workspace_id, key, name) values ($1, 'reports', 'Reports')`,
  'event-names': `insert into event_names (workspace_id, kind, name) values ($1, 'track', 'Report opened')`,
  'write-keys': `insert into write_keys (workspace_id, name, key) values ($1, 'Web', 'wk_' || gen_random_uuid())`,
  'api-keys': `insert into api_keys (workspace_id, name, prefix, key_hash, scopes)
    values ($1, 'CI', 'pk_abc', gen_random_uuid()::text, '{read}')`,
  works: `insert into long_works (workspace_id, kind, status, title) values ($1, 'sample', 'queued', 'A sample')`,
};

const openedAt = Date.parse('2026-11-01T00:00:00Z');
/** As core/risk/signal.ts has it. */
const openRisk = {
  phase: 'open',
  status: 'new',
  urgency: 'high',
  openedAt,
  evidence: [],
  quietSince: null,
  respondBy: openedAt + 86_400_000,
  respondedAt: null,
  breachedAt: null,
  snooze: null,
  reason: null,
  resolvedAt: null,
  resolution: null,
  cooldownUntil: null,
  pending: [],
};

/** As server/modules/people/moves.ts has it, of a contact that had nothing. */
const nothingOfAPerson = {
  rows: { tickets: [], survey_responses: [], stakeholder_changes: [] },
  externalIds: [],
  memberships: [],
  roles: [],
};

const owned = [
  'contacts',
  'notes',
  'subscriptions',
  'invoices',
  'payments',
  'tickets',
  'survey_responses',
  'touchpoints',
  'stakeholder_changes',
  'intents',
  'goals',
];
/** As server/modules/accounts/moves.ts has it, of an account that had nothing. */
const nothingMoved = {
  rows: Object.fromEntries(owned.map((table) => [table, []])),
  externalIds: [],
  domains: [],
  children: [],
  memberships: [],
  roles: [],
  parts: [],
};

/** Makes the samples in a workspace whose members exist; saved views belong to its administrator. */
export function makeSamples(pool: Pool, workspaceId: number): Promise<Samples> {
  return transaction(pool, workspaceId, async (tx) => {
    const insert = async (text: string, ...values: unknown[]) =>
      (await tx.one<{ id: number }>({ text: `${text} returning id`, values: [workspaceId, ...values] })).id;
    const find = async (text: string) => (await tx.one<{ id: number }>({ text, values: [workspaceId] })).id;
    const account = await insert(`insert into accounts (workspace_id, name) values ($1, 'Acme')`);
    const otherAccount = await insert(`insert into accounts (workspace_id, name) values ($1, 'Acme Ltd')`);
    const ids: Record<string, number> = { accounts: account };
    await tx.run({
      text: `insert into account_claims (workspace_id, account_id, source, said)
        values ($1, $2, 'crm', '{"region": ["EMEA", 1762000000000, null]}')`,
      values: [workspaceId, account],
    });
    for (const [kind, text] of Object.entries(inserts)) {
      const more = [text.includes('$2') ? [account] : [], text.includes('$3') ? [JSON.stringify(openRisk)] : []].flat();
      ids[kind] = await insert(text, ...more);
    }
    ids.members = await find(`select id from members where workspace_id = $1 and role = 'csm'`);
    const admin = await find(`select id from members where workspace_id = $1 and role = 'admin'`);
    ids.views = await insert(
      `insert into saved_views (workspace_id, resource, name, member_id, state) values ($1, 'accounts', 'Mine', $2, '{}')`,
      admin,
    );
    ids.scorecards = await find('select min(id) as id from scorecards where workspace_id = $1');
    const merged = await insert(
      `insert into accounts (workspace_id, name, merged_into) values ($1, 'Twin', $2)`,
      account,
    );
    ids.merges = await insert(
      `insert into account_merges (workspace_id, kept_id, merged_id, moved) values ($1, $2, $3, $4::jsonb)`,
      account,
      merged,
      JSON.stringify(nothingMoved),
    );
    const twin = await insert(
      `insert into contacts (workspace_id, name, merged_into) values ($1, 'Kim Twin', $2)`,
      ids.contacts,
    );
    ids['contact-merges'] = await insert(
      `insert into contact_merges (workspace_id, kept_id, merged_id, moved)
        select $1, k.id, j.id, jsonb_build_object('rows', $4::jsonb, 'kept', to_jsonb(k), 'merged', to_jsonb(j))
        from contacts k, contacts j where k.workspace_id = $1 and k.id = $2 and j.workspace_id = $1 and j.id = $3`,
      ids.contacts,
      twin,
      JSON.stringify(nothingOfAPerson),
    );
    const otherContact = await insert(inserts.contacts!, account);
    const { definition } = await tx.one<{ definition: unknown }>({
      text: 'select definition from scorecard_versions where workspace_id = $1 and scorecard_id = $2',
      values: [workspaceId, ids.scorecards],
    });
    return { workspaceId, ids, otherAccount, otherContact, definition };
  });
}

/** A path with its parameters filled in; `id` for every {id}. */
export function fillPath(path: string, id: number | string): string {
  const named: Record<string, string> = { id: String(id), kind: 'accounts', key: keyFor(path) };
  return path.replace(/\{(\w+)\}/g, (_, name: string) => named[name]!);
}

function keyFor(path: string): string {
  if (path.startsWith('/risk-rules')) return 'a-rule-of-ours';
  return path.startsWith('/signals/custom') ? 'custom.ours' : 'usage.active_users_30d';
}

const feature = { key: 'exports', name: 'Exports', events: [] };
const rule = {
  title: 'Ours',
  conditionText: 'usage.days_since_last_activity > 14',
  urgency: 'high',
  respondWithinHours: 24,
  recommendedAction: 'Call them',
};
const mapping = { kind: 'accounts', fields: { name: { column: 'Name' } } };

function inAMonth(): string {
  return new Date(Date.now() + 30 * 86_400_000).toISOString();
}

/** By operation; for those that a workspace in use answers with success. */
export function validBody(
  operation: string,
  { workspaceId, ids, otherAccount, otherContact, definition }: Samples,
): unknown {
  const bodies: Record<string, unknown> = {
    bulkUpdateAccounts: { ids: [ids.accounts], set: { addTags: ['vip'] } },
    undoBulkUpdate: { undoToken: 'unknown' },
    createAccount: { name: 'New one' },
    updateAccount: { tags: ['vip'] },
    mergeAccounts: { otherId: otherAccount },
    mergeContacts: { otherId: otherContact },
    saveContact: { name: 'Robin' },
    updateContact: { title: 'CTO' },
    createNote: { body: 'Called them.' },
    updateNote: { pinned: true },
    putCustomSignal: { kind: 'attribute', title: 'Seats', attribute: 'seats', type: 'number' },
    createFeature: feature,
    updateFeature: { ...feature, key: 'reports-of-ours' },
    updateEventName: { isLogin: true },
    createScorecard: { name: 'Copy', from: { copyOf: ids.scorecards } },
    switchWorkspace: { workspaceId },
    changePassword: { current: 'unknown', password: 'a password of mine' },
    saveScorecardDraft: { definition },
    previewScorecard: { definition },
    tryScorecard: { definition },
    publishScorecard: { version: 1 },
    evaluateHealth: { values: {} },
    overrideHealth: { score: 50, reason: 'They told us', until: inAMonth() },
    actOnRisk: { action: 'acknowledge' },
    putRiskRule: rule,
    tryRiskRule: rule,
    replayRejectedEvents: {},
    resolveUnmatched: { source: 'api', reference: 'x', to: { ignore: true } },
    checkImport: { mapping },
    startImport: { mapping },
    sendFacts: { items: [{ external_id: 'a-1', name: 'Sent' }] },
    saveImportMapping: { name: 'Saved', mapping },
    updateWorkspace: { name: 'Renamed' },
    putExchangeRates: { items: [] },
    putSourceOrder: { field: 'tier', sources: ['crm', '*'] },
    takeValue: { field: 'region', take: 'crm' },
    inviteMember: { name: 'New', email: 'new.one@example.com', role: 'csm' },
    updateMember: { name: 'Renamed' },
    createWriteKey: { name: 'Web' },
    createApiKey: { name: 'CI', scopes: ['read'] },
    createView: { resource: 'accounts', name: 'v', shared: false, state: {} },
    updateView: { name: 'w' },
  };
  return bodies[operation];
}

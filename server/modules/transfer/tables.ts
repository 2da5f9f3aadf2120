/** What an export holds, table by table, in the order in which it is restored, and what it leaves out and why. */

export interface ExportedTable {
  /** also the name of its file: `<table>.ndjson` */
  table: string;
  /** what its rows are, for people */
  what: string;
  /** columns that stay behind, with the reason; each has a default or may be null */
  without?: Readonly<Record<string, string>>;
  /** fields written otherwise than the column stands, or that no column has: SQL over the row `t` */
  as?: Readonly<Record<string, string>>;
}

export interface Group {
  title: string;
  tables: readonly ExportedTable[];
}

const lease = 'which process works on it, of this installation';

/** Accounts come before their states: the triggers that keep account_list need this order. */
export const groups: readonly Group[] = [
  {
    title: 'Settings',
    tables: [
      {
        table: 'members',
        what: 'members with their roles',
        without: { user_id: 'sign-in belongs to the installation' },
        as: { signs_in: 't.user_id is not null' },
      },
      { table: 'write_keys', what: 'write keys, so that SDKs go on sending' },
      { table: 'saved_views', what: 'saved views' },
      { table: 'exchange_rates', what: 'exchange rates' },
      { table: 'truth_orders', what: 'orders in which sources are believed' },
      { table: 'event_names', what: 'names of events' },
      { table: 'features', what: 'features' },
      { table: 'feature_events', what: 'which events count for which feature' },
      { table: 'scorecards', what: 'scorecards' },
      { table: 'scorecard_versions', what: 'every version of each scorecard' },
      { table: 'risk_rules', what: 'risk rules' },
      { table: 'custom_signals', what: 'custom signals' },
      { table: 'import_mappings', what: 'saved mappings of imports' },
    ],
  },
  {
    title: 'Accounts and people',
    tables: [
      { table: 'accounts', what: 'accounts' },
      { table: 'account_ids', what: 'ids of accounts in each source' },
      { table: 'account_domains', what: 'domains of accounts' },
      { table: 'account_changes', what: 'owner, stage and tier over time' },
      { table: 'account_claims', what: 'what each source says about an account' },
      { table: 'account_disputes', what: 'where sources disagree' },
      { table: 'arr_statements', what: 'ARR that sources state for a whole account' },
      { table: 'account_merges', what: 'merged accounts, to be taken apart again' },
      { table: 'contacts', what: 'contacts' },
      { table: 'contact_ids', what: 'ids of contacts in each source' },
      { table: 'contact_accounts', what: 'at which account a contact was, over time' },
      { table: 'contact_roles', what: 'roles of contacts, over time' },
      { table: 'contact_merges', what: 'merged contacts, to be taken apart again' },
      { table: 'notes', what: 'notes with every earlier text' },
    ],
  },
  {
    title: 'Facts',
    tables: [
      { table: 'subscriptions', what: 'contract lines' },
      { table: 'subscription_changes', what: 'plan, seats and money of contract lines, over time' },
      { table: 'invoices', what: 'invoices' },
      { table: 'payments', what: 'payments' },
      { table: 'tickets', what: 'tickets' },
      { table: 'survey_responses', what: 'survey responses' },
      { table: 'touchpoints', what: 'touchpoints' },
      { table: 'stakeholder_changes', what: 'stakeholder changes' },
      { table: 'intents', what: 'intents' },
      { table: 'goals', what: 'goals' },
      { table: 'goal_measures', what: 'measured values of goals' },
      { table: 'unmatched_facts', what: 'facts that found no account' },
      { table: 'ignored_references', what: 'references that are nobody’s customer' },
      { table: 'data_findings', what: 'facts that contradict each other' },
    ],
  },
  {
    title: 'Events and usage',
    tables: [
      { table: 'events', what: 'events' },
      { table: 'events_ahead', what: 'events whose time has not come' },
      { table: 'usage_accounts', what: 'since when an account is used' },
      { table: 'usage_days', what: 'usage of an account and day' },
      { table: 'usage_users', what: 'active days of a user and month' },
      { table: 'usage_segments', what: 'sessions of the last days' },
      { table: 'usage_counts', what: 'imported counts of a day' },
      { table: 'stale_usage', what: 'accounts whose usage is to be counted again' },
      { table: 'rejected_events', what: 'events that were set aside' },
      { table: 'undated_messages', what: 'when messages without a time were received' },
      { table: 'intake_minutes', what: 'what came in, minute by minute' },
    ],
  },
  {
    title: 'Signals, health and risks',
    tables: [
      { table: 'account_states', what: 'signals and scores of now' },
      { table: 'account_pasts', what: 'scores of the last days' },
      { table: 'account_histories', what: 'signals and scores of each past day, packed by month' },
      { table: 'custom_pasts', what: 'the past of custom signals that were made later' },
      { table: 'signal_reaches', what: 'how far accounts moved each signal' },
      { table: 'account_scores', what: 'scores by scorecard' },
      { table: 'score_overrides', what: 'scores set by hand' },
      { table: 'band_changes', what: 'changes of band' },
      { table: 'signal_crossings', what: 'signals that crossed a limit' },
      { table: 'account_losses', what: 'days on which an account churned or shrank' },
      { table: 'risk_signals', what: 'risks' },
      { table: 'risk_events', what: 'history of each risk' },
      { table: 'risk_replays', what: 'what rules would have opened in the past' },
      { table: 'rule_records', what: 'track records of rules' },
      { table: 'book_days', what: 'the book of each day' },
      { table: 'stale_books', what: 'since when the book is to be counted again' },
      { table: 'stale_histories', what: 'accounts whose past is to be computed again' },
      {
        table: 'dirty_accounts',
        what: 'accounts that are to be judged again',
        without: { claimed_until: lease },
      },
    ],
  },
  {
    title: 'Records',
    tables: [
      { table: 'audit_log', what: 'the audit log' },
      {
        table: 'imports',
        what: 'imports with their sums',
        without: { file: 'uploaded files stay on the disk of this installation' },
        // Without its file, an import cannot go on anywhere else.
        as: {
          status: `case when t.status in ('done', 'failed', 'cancelled') then t.status else 'cancelled' end`,
        },
      },
      { table: 'import_rejects', what: 'rejected lines of imports' },
      {
        table: 'long_works',
        what: 'long works',
        without: { leased_until: lease, attempts: lease },
        as: { status: `case t.status when 'running' then 'queued' else t.status end` },
      },
    ],
  },
];

export const exportedTables: readonly ExportedTable[] = groups.flatMap(({ tables }) => tables);

/** Tables of a workspace that are not in the file. */
export const leftOut: Readonly<Record<string, { what: string; why: string }>> = {
  api_keys: { what: 'API keys', why: 'only a hash of each is kept; make new ones' },
  account_list: { what: 'the index of the account list', why: 'the database makes it from accounts and their states' },
  idempotency_keys: { what: 'answers kept for repeated requests', why: 'they are of this installation and last a day' },
  bulk_changes: { what: 'undoing of bulk changes', why: 'it lasts an hour, in one browser' },
  bulk_change_rows: { what: 'what a bulk change replaced', why: 'as for undoing of bulk changes' },
  import_queue: { what: 'imports that wait for a worker', why: 'their files stay on this installation' },
};

/** Not in tables of a workspace, and said all the same, as people ask for it. */
export const neverExported = {
  what: 'passwords, sessions, invitations and other one-time links',
  why: 'they are secrets; members set a new password',
};

/** A workspace without rows in these was not used yet; settings alone can be replaced. */
export const signsOfUse = [
  'accounts',
  'contacts',
  'events',
  'usage_counts',
  'unmatched_facts',
  'rejected_events',
  'imports',
] as const;

export const fileOf = (table: string, part: number) => (part === 1 ? `${table}.ndjson` : `${table}.${part}.ndjson`);
/** The workspace itself: name, calendar, currency. */
export const workspaceFile = 'workspace.ndjson';
export const manifestFile = 'manifest.json';

/** The documentation that comes with the program, by page: "concepts/risk" is docs/concepts/risk.md. */
const files = import.meta.glob<string>(
  ['../../../docs/**/*.md', '!../../../docs/README.md', '!../../../docs/decisions/**'],
  { query: '?raw', import: 'default' },
);
const loaders = new Map(
  Object.entries(files).map(([path, load]) => [path.replace(/^.*\/docs\//, '').replace(/\.md$/, ''), load]),
);

/** The text of a page; null when there is none of this name. */
export function loadPage(page: string): Promise<string> | null {
  return loaders.get(page)?.() ?? null;
}

/** What there is to read, in the order in which one needs it. */
export const chapters: readonly { title: string; pages: readonly { page: string; title: string; what: string }[] }[] = [
  {
    title: 'Getting facts in',
    pages: [
      {
        page: 'guides/send-events',
        title: 'Send events',
        what: 'From your product, with the libraries you may use already',
      },
      {
        page: 'guides/import-files',
        title: 'Import files',
        what: 'CSV and NDJSON: accounts, subscriptions, usage, tickets and more',
      },
      { page: 'guides/import-crm5', title: 'An example: crm5', what: 'A real data set, with its mappings' },
      {
        page: 'guides/import-ravenstack',
        title: 'An example: RavenStack',
        what: 'Another one, with tickets and churn',
      },
    ],
  },
  {
    title: 'What the numbers mean',
    pages: [
      { page: 'concepts/health', title: 'Health', what: 'From signals to a score, and why it changed' },
      { page: 'concepts/risk', title: 'Risk', what: 'Rules, levels, responses, and what a rule has been worth' },
      { page: 'concepts/signals', title: 'Signals and the past', what: 'As of when a number holds' },
      { page: 'concepts/glossary', title: 'Glossary', what: 'One word for one thing' },
      {
        page: 'reference/signals',
        title: 'All signals',
        what: 'Each with its unit, its window and when it is missing',
      },
    ],
  },
  {
    title: 'Running it',
    pages: [
      { page: 'operations', title: 'Operations', what: 'Settings, backup, updates, lost passwords' },
      { page: 'errors', title: 'Errors', what: 'What the API answers when it refuses' },
      { page: 'benchmarks', title: 'Benchmarks', what: 'What was measured, on what, and what is slow' },
    ],
  },
];

/** Subjects of tickets by category. {n} becomes a small number. */
export const subjects = {
  'data delay': [
    'Events from yesterday still missing',
    'Dashboards are {n} hours behind',
    'Data stops at midnight UTC',
    'Nightly import has not finished',
    'Numbers do not update since this morning',
  ],
  'wrong numbers': [
    'Funnel shows more conversions than visits',
    'Weekly active users differ from our warehouse by {n}0 %',
    'Same user counted twice after login',
    'Retention table empty for one cohort',
    'Revenue chart off by one day',
  ],
  'warehouse connection': [
    'Warehouse connection fails with “permission denied”',
    'Key pair rotation breaks the warehouse sync',
    'Cannot finish the warehouse setup',
    'Sync stuck at {n} % for days',
    'Which network addresses must we allow?',
  ],
  'how-to': [
    'How do I exclude internal users?',
    'Can a cohort use two properties?',
    'Copy a dashboard to another project',
    'What counts as an active user?',
    'How to compare {n} segments in one chart',
  ],
  access: [
    'New colleague cannot sign in',
    'Single sign-on redirects in a loop',
    'Move a report to another owner',
    'Invitation e-mail not received',
  ],
  performance: [
    'SQL editor times out after {n} minutes',
    'Large dashboard takes a minute to load',
    'Export never ends',
  ],
  api: ['Export API answers 429', 'Pagination skips rows in the export API', 'Which limits does the API have?'],
  billing: [
    'Invoice shows the wrong VAT number',
    'Please send the invoice to another address',
    'Why were we charged for {n} more seats?',
  ],
  cancellation: [
    'How do we cancel our subscription?',
    'Please do not renew our contract',
    'Export all our data before we leave',
  ],
} as const;

export type TicketTheme = keyof typeof subjects;
/** What people ask about when nothing is wrong, and how often. */
export const everyday: Readonly<Record<Exclude<TicketTheme, 'cancellation'>, number>> = {
  'how-to': 34,
  access: 16,
  'wrong numbers': 12,
  'data delay': 8,
  performance: 10,
  api: 8,
  'warehouse connection': 6,
  billing: 6,
};

/** What we write and talk about. */
export const emails = [
  'Your adoption report for last month',
  'Three dashboards your team might like',
  'Follow-up on our call',
  'New in Heliotrace this month',
  'Checking in',
  'Invitation: office hours next week',
  'Agenda for our next review',
] as const;
export const renewalEmails = ['Your renewal: next steps', 'Renewal quote', 'Renewal: is anything missing?'] as const;
export const inboundEmails = [
  'Question about seats',
  'Can we bring our meeting forward?',
  'Roadmap question',
  'Intro to a new colleague',
] as const;
export const calls = [
  'Monthly check-in',
  'Usage walk-through',
  'Roadmap preview',
  'Working session on dashboards',
] as const;
export const trainings = [
  'Funnels in an hour',
  'Cohorts for beginners',
  'From question to dashboard',
  'SQL editor tricks',
] as const;
export const outcomes = {
  good: [
    'Goals on track; next: roll-out to a second team.',
    'Happy with adoption, wants alerts next.',
    'Shared results with their board.',
  ],
  mixed: [
    'Some open questions about numbers; we follow up.',
    'Wants to see value for the last team.',
    'Agreed to train three more people.',
  ],
  bad: [
    'Critical of the last weeks; escalated internally.',
    'Asked what leaving would take.',
    'Short meeting, no decisions.',
  ],
} as const;
export const milestones = [
  'Roll-out to a second team',
  'Warehouse tables mapped',
  'Weekly review runs on dashboards',
  'Alerts for the checkout',
] as const;

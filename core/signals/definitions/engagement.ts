import type { Definitions } from '#core/signals/definition.ts';

const NO_TOUCH = 'Missing until the first touchpoint with this account.';
const NEVER = `${NO_TOUCH} Missing if there never was one.`;
const NONE_IN_WINDOW = `${NO_TOUCH} Missing when the window holds none.`;

export const engagementDefinitions = {
  'engagement.days_since_touch': {
    title: 'Days since last two-way touch',
    unit: 'days',
    type: 'number',
    window: 'all time',
    definition:
      'Days since a call, meeting or training held with at least one contact, an e-mail from the customer, or their reply to ours.',
    missing: NEVER,
    higherIsBetter: false,
    decimals: 0,
    provider: 'touchpoints',
  },
  'engagement.meetings_90d': {
    title: 'Meetings in 90 days',
    unit: 'meetings',
    type: 'number',
    window: '90 days, today included',
    definition: 'Calls, meetings, reviews and kickoffs held with at least one contact.',
    missing: NO_TOUCH,
    higherIsBetter: true,
    decimals: 0,
    provider: 'touchpoints',
  },
  'engagement.attendance': {
    title: 'Attendance',
    unit: 'ratio',
    type: 'number',
    window: '90 days, today included',
    definition:
      'Share of the invitations of contacts to calls, meetings, reviews and kickoffs planned in 90 days that were attended. Cancelled and moved ones are left out, a no-show counts.',
    missing: NONE_IN_WINDOW,
    higherIsBetter: true,
    decimals: 0,
    provider: 'touchpoints',
  },
  'engagement.review_attendance': {
    title: 'Review attendance',
    unit: 'ratio',
    type: 'number',
    window: '365 days, today included',
    definition:
      'Share of the planned reviews that a decision maker or executive sponsor, by the role at that time, attended. Cancelled and moved ones are left out.',
    missing: NONE_IN_WINDOW,
    higherIsBetter: true,
    decimals: 0,
    provider: 'touchpoints',
  },
  'engagement.reply_hours': {
    title: 'Time to reply',
    unit: 'hours',
    type: 'number',
    window: '90 days, today included',
    definition:
      'Median hours until the customer replied to our e-mails. No reply within 7 days counts 168 hours; what is unanswered for less does not count yet.',
    missing: NONE_IN_WINDOW,
    higherIsBetter: false,
    decimals: 1,
    provider: 'touchpoints',
  },
  'engagement.unanswered': {
    title: 'Unanswered in a row',
    unit: 'messages',
    type: 'number',
    window: 'since the last two-way touch',
    definition: 'Our e-mails, and our calls that nobody took, since the last two-way touchpoint.',
    missing: NO_TOUCH,
    higherIsBetter: false,
    decimals: 0,
    provider: 'touchpoints',
  },
  'engagement.training_90d': {
    title: 'People trained in 90 days',
    unit: 'people',
    type: 'number',
    window: '90 days, today included',
    definition: 'Distinct contacts at trainings, webinars and office hours.',
    missing: NO_TOUCH,
    higherIsBetter: true,
    decimals: 0,
    provider: 'touchpoints',
  },
  'engagement.executive_days': {
    title: 'Days since touch with sponsor',
    unit: 'days',
    type: 'number',
    window: 'all time',
    definition: 'Days since the last two-way touchpoint with a contact who is executive sponsor today.',
    missing: NEVER,
    higherIsBetter: false,
    decimals: 0,
    provider: 'touchpoints',
  },
} as const satisfies Definitions;

import { expect, describe as group, it } from 'vitest';
import { type Data, describe } from './describe.ts';
import type { TimelineKind } from './sources.ts';

const usage = { events: 310, logins: 42, users: 7, sessions: 50, features: 1 };
const ticket = { subject: 'Export fails', severity: 'normal', category: 'bug', contact: 'Ann' };
const survey = {
  kind: 'nps',
  score: 9,
  min: 0,
  max: 10,
  comment: 'great',
  contact: 'Ann',
  satisfied: null,
  highIsEasy: true,
};
const touch = { kind: 'qbr', status: 'held', direction: null, subject: 'Q3', outcome: 'renewing', attended: 2 };
const line = {
  what: 'changed',
  product: 'Suite',
  plan: 'pro',
  quantity: 10,
  unit: 'users',
  mrr: 20000,
  currency: 'EUR',
};
const bands = [
  { key: 'green', name: 'Green', lower: 70 },
  { key: 'red', name: 'Red', lower: 0 },
];

group('a line of the timeline', () => {
  const cases: [string, TimelineKind, Data, [string, string | null, string]][] = [
    [
      'logins of a day',
      'usage',
      usage,
      ['7 people active', '42 logins · 310 events · 50 sessions · 1 feature used', 'neutral'],
    ],
    [
      'events where nothing is a login',
      'usage',
      { ...usage, logins: 0, users: 1, sessions: 0, features: 0 },
      ['1 person active', '310 events', 'neutral'],
    ],
    [
      'counts without users',
      'usage',
      { ...usage, logins: 0, users: null, sessions: 0, features: 2, events: 1 },
      ['1 event', '2 features used', 'neutral'],
    ],
    ['a ticket', 'ticket', { ...ticket, what: 'opened' }, ['Ticket opened: Export fails', 'Ann · bug', 'neutral']],
    [
      'an urgent ticket',
      'ticket',
      { ...ticket, what: 'opened', severity: 'urgent', contact: null },
      ['Urgent ticket opened: Export fails', 'bug', 'bad'],
    ],
    [
      'a solved ticket',
      'ticket',
      { ...ticket, what: 'solved', subject: null, category: null, contact: null },
      ['Ticket solved', null, 'good'],
    ],
    [
      'an escalation',
      'ticket',
      { ...ticket, what: 'escalated' },
      ['Ticket escalated: Export fails', 'Ann · bug', 'bad'],
    ],
    ['a promoter', 'survey', survey, ['NPS 9 of 10 from Ann', 'great', 'good']],
    [
      'a detractor without a name',
      'survey',
      { ...survey, score: 6, contact: null, comment: null },
      ['NPS 6 of 10', null, 'bad'],
    ],
    ['a passive', 'survey', { ...survey, score: 7 }, ['NPS 7 of 10 from Ann', 'great', 'neutral']],
    [
      'little effort where the low end is easy',
      'survey',
      { ...survey, kind: 'ces', score: 1, min: 1, max: 5, highIsEasy: false },
      ['CES 1 of 5 from Ann', 'great', 'good'],
    ],
    [
      'its own satisfied range',
      'survey',
      { ...survey, kind: 'csat', score: 3, min: 1, max: 5, satisfied: 3 },
      ['CSAT 3 of 5 from Ann', 'great', 'good'],
    ],
    ['a review', 'touchpoint', touch, ['QBR: Q3', 'renewing · 2 people attended', 'good']],
    [
      'a no-show',
      'touchpoint',
      { ...touch, status: 'no_show', attended: 0, outcome: null, kind: 'office_hours' },
      ['Office hours missed by the customer: Q3', null, 'bad'],
    ],
    [
      'an e-mail of theirs',
      'touchpoint',
      { ...touch, kind: 'email', direction: 'inbound', subject: null, outcome: null, attended: 0 },
      ['E-mail from the customer', null, 'good'],
    ],
    [
      'an invoice',
      'invoice',
      { what: 'issued', amount: 123456, currency: 'EUR', due: '2026-03-01' },
      ['Invoice of €1,234.56 issued', 'due Mar 1, 2026', 'neutral'],
    ],
    [
      'a currency without minor units',
      'payment',
      { failed: true, amount: 1200, currency: 'JPY' },
      ['Payment of ¥1,200 failed', null, 'bad'],
    ],
    [
      'a start',
      'subscription',
      { ...line, what: 'started' },
      ['Suite started', 'pro · 10 users · €200 a month', 'good'],
    ],
    [
      'more seats',
      'subscription',
      { ...line, oldPlan: 'pro', oldQuantity: 5, oldMrr: 10000 },
      ['Suite expanded', 'users 5 → 10 · €100 → €200 a month', 'good'],
    ],
    [
      'a lower plan',
      'subscription',
      { ...line, oldPlan: 'max', oldQuantity: 10, oldMrr: 30000 },
      ['Suite contracted', 'plan max → pro · €300 → €200 a month', 'bad'],
    ],
    ['an end', 'subscription', { what: 'ended', product: 'Suite' }, ['Suite ended', null, 'bad']],
    [
      'a champion who left',
      'stakeholder',
      { kind: 'champion_left', detail: null, contact: 'Ann' },
      ['Champion left: Ann', null, 'bad'],
    ],
    [
      'an intent',
      'intent',
      { what: 'raised', kind: 'competitor', detail: 'Gain' },
      ['Evaluates a competitor', 'Gain', 'bad'],
    ],
    [
      'an intent resolved',
      'intent',
      { what: 'resolved', kind: 'budget_cut', detail: null },
      ['Budget cut resolved', null, 'good'],
    ],
    [
      'a goal',
      'goal',
      { what: 'started', objective: 'Faster', metric: 'hours', target: 2 },
      ['Goal started: Faster', 'hours: 2', 'neutral'],
    ],
    [
      'a measured goal',
      'goal',
      { what: 'measured', objective: 'Faster', metric: 'hours', value: 3, evidence: 'mail' },
      ['Faster: hours 3', 'mail', 'good'],
    ],
    [
      'a measured share',
      'goal',
      { what: 'measured', objective: 'Convert', metric: 'Trial to paid, %', value: 11.61, evidence: null },
      ['Convert: Trial to paid 11.6%', null, 'good'],
    ],
    [
      'a goal with a unit',
      'goal',
      { what: 'started', objective: 'Mobile', metric: 'Weekly users, thousand', target: 30 },
      ['Goal started: Mobile', 'Weekly users: 30 thousand', 'neutral'],
    ],
    [
      'value in money',
      'goal',
      { what: 'measured', objective: 'Savings', value: null, amount: 500, currency: 'USD' },
      ['Savings: $5', null, 'good'],
    ],
    ['a note', 'note', { author: 'Mia', body: 'called' }, ['Note by Mia', 'called', 'neutral']],
    [
      'a fall of a band',
      'health',
      { from: 'green', to: 'red', score: 31.6, bands, scorecard: null },
      ['Health went from Green to Red', 'score 32', 'bad'],
    ],
    [
      'a rise of another scorecard',
      'health',
      { from: 'red', to: 'green', score: 90, bands, scorecard: 'Four factors' },
      ['Four factors: health went from Red to Green', 'score 90', 'good'],
    ],
    [
      'a score just below a limit is not written as the limit',
      'health',
      { from: 'green', to: 'red', score: 69.6, bands, scorecard: null },
      ['Health went from Green to Red', 'score 69.6', 'bad'],
    ],
    [
      'not enough data',
      'health',
      { from: 'red', to: null, score: null, bands, scorecard: null },
      ['Health no longer has enough data for a score', null, 'neutral'],
    ],
    [
      'the first band',
      'health',
      { from: null, to: 'gone', score: 50, bands: null, scorecard: null },
      ['Health is gone', 'score 50', 'neutral'],
    ],
    [
      'a risk',
      'risk',
      { kind: 'opened', title: 'Silence', by: null, reason: null },
      ['Risk opened: Silence', null, 'bad'],
    ],
    [
      'a risk dismissed',
      'risk',
      { kind: 'dismissed', title: 'Silence', by: 'Mia', reason: 'holiday' },
      ['Risk dismissed: Silence', 'by Mia · holiday', 'neutral'],
    ],
    [
      'a new owner',
      'change',
      { field: 'owner', value: 'Mia', by: 'Leo', reason: null },
      ['Owner is now Mia', 'by Leo', 'neutral'],
    ],
    [
      'a tier',
      'change',
      { field: 'tier', value: 'mid_market', by: null, reason: 'grew' },
      ['Tier is now mid-market', 'grew', 'neutral'],
    ],
    [
      'a stage taken away',
      'change',
      { field: 'stage', value: null, by: null, reason: null },
      ['Stage removed', null, 'neutral'],
    ],
  ];
  it.each(cases)('%s', (_name, kind, data, [title, detail, tone]) => {
    expect(describe(kind, data)).toMatchObject({ title, detail, tone });
  });

  const invoice = { what: 'issued', amount: 12345600, currency: 'USD', due: '2026-03-01' };
  it.each([
    ['en-GB', 'Invoice of US$123,456 issued', 'due 1 Mar 2026'],
    ['en-US', 'Invoice of $123,456 issued', 'due Mar 1, 2026'],
    ['de-DE', 'Invoice of 123.456\u00a0$ issued', 'due 1. März 2026'],
  ])('money and dates as %s writes them', (locale, title, detail) => {
    expect(describe('invoice', invoice, locale)).toMatchObject({ title, detail });
  });
});

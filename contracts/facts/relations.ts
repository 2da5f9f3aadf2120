import { factKind, inOrder, oneOf } from './field.ts';
import { emails } from './lists.ts';
import { currency, ofAccount, ofPerson, ownId } from './of-account.ts';
import { day, instant } from './times.ts';
import { choice, flag, longText, money, number, text } from './values.ts';

const kinds = ['call', 'email', 'meeting', 'qbr', 'ebr', 'training', 'webinar', 'office_hours', 'kickoff'] as const;
const statuses = ['planned', 'held', 'no_show', 'cancelled', 'moved'] as const;

export const touchpoints = factKind(
  'touchpoints',
  'Touchpoints',
  'Calls, e-mails, meetings and reviews, planned or held.',
  {
    ...ofAccount,
    id: ownId('the touchpoint', 'meeting_id activity_id touchpoint_id event_id'),
    kind: choice(kinds, { phone: 'call', mail: 'email', e_mail: 'email', kick_off: 'kickoff' })('Kind', {
      required: true,
      aliases: 'type activity_type meeting_type',
    }),
    subject: text('Subject', { aliases: 'title summary' }),
    plannedAt: instant('Planned for', { aliases: 'planned scheduled_at scheduled start_time starts_at' }),
    heldAt: instant('Held, sent or received at', { aliases: 'held date at occurred_at sent_at completed_at' }),
    status: choice(statuses, { canceled: 'cancelled', rescheduled: 'moved', completed: 'held', done: 'held' })(
      'Status; otherwise held if it has a time, planned if not',
      { aliases: 'state outcome_status' },
    ),
    direction: choice(['inbound', 'outbound'] as const, { in: 'inbound', out: 'outbound' })('Who began'),
    repliedAt: instant('The customer’s reply to our e-mail', { aliases: 'replied reply_at' }),
    invited: emails('Invited, by e-mail address', { aliases: 'invitees participants' }),
    attended: emails('Attended, by e-mail address', { aliases: 'attendees' }),
    outcome: longText('Outcome', { aliases: 'notes result' }),
    nextMilestone: text('Next milestone agreed', { aliases: 'next_step next_milestone' }),
    nextMilestoneDay: day('Its date', { aliases: 'next_step_date next_milestone_date' }),
  },
  oneOf('account', 'productAccount', 'domain'),
  oneOf('heldAt', 'plannedAt'),
);

export const stakeholderChanges = factKind(
  'stakeholder_changes',
  'Stakeholder changes',
  'A champion, sponsor or decision maker left, a new executive came, a role changed.',
  {
    ...ofAccount,
    ...ofPerson,
    id: ownId('the change', 'change_id'),
    kind: choice(['champion_left', 'new_executive', 'role_change', 'sponsor_left', 'decision_maker_left'] as const)(
      'Kind',
      { required: true, aliases: 'type change_type change' },
    ),
    detail: longText('What is known about it', { aliases: 'details note comment description' }),
    at: instant('When', { required: true, aliases: 'date changed_at happened_at occurred_at created_at' }),
  },
  oneOf('account', 'productAccount', 'domain', 'email'),
);

export const intents = factKind(
  'intents',
  'Intents',
  'What the customer was heard to plan: evaluating a competitor, cutting the budget, restructuring, downgrading, cancelling.',
  {
    ...ofAccount,
    id: ownId('the intent', 'intent_id churn_event_id event_id'),
    kind: choice(['competitor', 'budget_cut', 'restructuring', 'downgrade', 'cancellation'] as const, {
      competitor_evaluation: 'competitor',
      budget: 'budget_cut',
      downgrade_request: 'downgrade',
      cancellation_request: 'cancellation',
      churn: 'cancellation',
    })('Kind', { required: true, aliases: 'type intent reason_code' }),
    detail: longText('What was said', { aliases: 'details note comment feedback_text description reason' }),
    at: instant('When', {
      required: true,
      aliases: 'date churn_date cancelled_at requested_at occurred_at created_at',
    }),
    resolvedAt: instant('When it was off the table again', { aliases: 'resolved resolved_on' }),
  },
  oneOf('account', 'productAccount', 'domain'),
  inOrder('at', 'resolvedAt'),
);

export const goals = factKind(
  'goals',
  'Goals',
  'What the customer wants to reach, with measured values. Several rows of one goal are several measurements.',
  {
    ...ofAccount,
    id: ownId('the goal', 'goal_id objective_id'),
    objective: text('Objective', { required: true, aliases: 'goal name title' }),
    metric: text('What is measured', { aliases: 'measure kpi' }),
    baseline: number('Value at the start', { aliases: 'start_value from_value' }),
    target: number('Value to reach', { aliases: 'target_value to_value' }),
    startedAt: instant('Begun', { required: true, aliases: 'started start_date start created_at' }),
    dueAt: instant('Due', { aliases: 'due due_date target_date' }),
    closedAt: instant('Closed', { aliases: 'closed closed_on achieved_at' }),
    measuredAt: instant('When the value of this row was measured', { aliases: 'measured date measured_on' }),
    value: number('Measured value', { aliases: 'current current_value measured_value actual' }),
    valueAmount: money('Value in money', { aliases: 'value_amount savings benefit' }),
    currency,
    confirmed: flag('Whether the customer confirmed it', { aliases: 'is_confirmed' }),
    evidence: longText('Evidence', { aliases: 'proof link' }),
  },
  oneOf('account', 'productAccount', 'domain'),
  inOrder('startedAt', 'dueAt'),
  inOrder('startedAt', 'closedAt'),
  (fact) =>
    (fact.value !== null || fact.valueAmount !== null) && fact.measuredAt === null
      ? { field: 'measuredAt', message: 'is missing: say when the value was measured' }
      : null,
);

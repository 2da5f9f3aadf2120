import { factKind, inOrder, oneOf } from './field.ts';
import { instants, texts } from './lists.ts';
import { ofPerson, ofSubscription, ownId } from './of-account.ts';
import { instant } from './times.ts';
import { choice, flag, longText, minutes, number, sentiment, text } from './values.ts';

const severities = ['low', 'normal', 'high', 'urgent'] as const;

export const tickets = factKind(
  'tickets',
  'Tickets',
  'Requests to support.',
  {
    ...ofSubscription,
    ...ofPerson,
    id: ownId('the ticket', 'ticket_id case_id case_number number key'),
    subject: text('Subject', { aliases: 'title summary' }),
    severity: choice(severities, {
      medium: 'normal',
      critical: 'urgent',
      blocker: 'urgent',
      minor: 'low',
      major: 'high',
    })('Severity; normal unless said', { aliases: 'priority' }),
    category: text('Category; “cancellation” is one that risk rules read', { aliases: 'type topic reason' }),
    tags: texts('Tags', { aliases: 'labels' }),
    sentiment: sentiment('Mood of the requester’s texts', { aliases: 'sentiment_score' }),
    openedAt: instant('When it was opened', {
      required: true,
      aliases: 'opened opened_on created_at created submitted_at submitted reported_at date',
    }),
    firstResponseAt: instant('First answer', { aliases: 'first_response first_reply_at first_replied_at' }),
    firstResponseMinutes: minutes('Minutes to the first answer, in place of its time', {
      aliases: 'first_response_time_minutes first_response_minutes frt_minutes',
    }),
    solvedAt: instants('When it was solved, each time', {
      aliases: 'solved closed_at closed resolved_at resolved solved_on',
    }),
    reopenedAt: instants('When it was reopened, each time', { aliases: 'reopened' }),
    escalatedAt: instant('When it was escalated', { aliases: 'escalated_on escalation_date' }),
    escalated: flag('Whether it was escalated, where no time is known: counts from the opening', {
      aliases: 'is_escalated escalation_flag escalation',
    }),
  },
  oneOf('account', 'productAccount', 'domain', 'email', 'subscription'),
  inOrder('openedAt', 'firstResponseAt'),
  (fact) =>
    fact.solvedAt?.[0] !== undefined && fact.solvedAt[0] < fact.openedAt
      ? { field: 'solvedAt', message: `lies before openedAt (${fact.solvedAt[0]} < ${fact.openedAt})` }
      : null,
);

export const surveyKinds = ['nps', 'csat', 'ces', 'custom'] as const;
/** Ends of the scale unless the response says otherwise. */
export const usualScale = { nps: [0, 10], csat: [1, 5], ces: [1, 7], custom: null } as const;

export const surveyResponses = factKind(
  'survey_responses',
  'Survey responses',
  'Answers with a score: NPS (0–10), CSAT (1–5), CES (1–7) or on a scale of your own.',
  {
    ...ofSubscription,
    ...ofPerson,
    id: ownId('the response', 'response_id answer_id survey_response_id'),
    kind: choice(surveyKinds)('Kind', { required: true, aliases: 'survey_type survey_kind type' }),
    survey: text('Name of the survey', { aliases: 'survey_name survey_id' }),
    score: number('Score', { required: true, aliases: 'rating nps nps_score csat satisfaction_score answer value' }),
    scaleMin: number('Lowest possible score', { aliases: 'min' }),
    scaleMax: number('Highest possible score', { aliases: 'max scale' }),
    satisfiedFrom: number('Lowest score that counts as satisfied (CSAT)', { aliases: 'satisfied_from' }),
    highIsEasy: flag('CES: whether a high score means little effort', { aliases: 'high_is_easy' }),
    comment: longText('Comment', { aliases: 'feedback feedback_text verbatim text response' }),
    channel: text('Channel', { aliases: 'via medium' }),
    answeredAt: instant('When', {
      required: true,
      aliases: 'answered responded_at submitted_at date created_at completed_at closed_at',
    }),
  },
  oneOf('account', 'productAccount', 'domain', 'email'),
  (fact) => {
    const usual = usualScale[fact.kind];
    const least = fact.scaleMin ?? usual?.[0] ?? null;
    const most = fact.scaleMax ?? usual?.[1] ?? null;
    if (least === null || most === null)
      return { field: 'scaleMax', message: 'is missing: a custom score needs its scale' };
    // Promoters are 9 and 10, detractors up to 6: on another scale that means nothing.
    if (fact.kind === 'nps' && most !== 10) return { field: 'scaleMax', message: `must be 10 for NPS, but is ${most}` };
    if (fact.kind === 'nps' && least > 1)
      return { field: 'scaleMin', message: `must be 0 or 1 for NPS, but is ${least}` };
    if (most <= least) return { field: 'scaleMax', message: `must be above scaleMin (${most} ≤ ${least})` };
    if (fact.score >= least && fact.score <= most) return null;
    return { field: 'score', message: `must be from ${least} to ${most}, but is ${fact.score}` };
  },
);

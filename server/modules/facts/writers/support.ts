import { usualScale } from '#contracts/facts.ts';
import type { Writer } from '../context.ts';
import { keyOf } from '../keys.ts';
import { contactsOf } from '../people-of.ts';
import { type FactTable, factRow, upsertFacts } from '../upsert.ts';

const ticketTable: FactTable = {
  name: 'tickets',
  family: 'tickets',
  when: 'opened_at',
  columns: {
    contact_id: ['bigint', 'contact email'],
    subject: ['text', 'subject'],
    severity: ['text', 'severity'],
    category: ['text', 'category'],
    tags: ['text[]', 'tags'],
    sentiment: ['float8', 'sentiment'],
    opened_at: ['timestamptz', 'openedAt'],
    first_response_at: ['timestamptz', 'firstResponseAt firstResponseMinutes'],
    solved_at: ['timestamptz[]', 'solvedAt'],
    reopened_at: ['timestamptz[]', 'reopenedAt'],
    escalated_at: ['timestamptz', 'escalatedAt escalated'],
  },
};

export const writeTickets: Writer<'tickets'> = async (tx, context, facts) => {
  const people = await contactsOf(
    tx,
    context,
    facts.map(({ fact, accountId }) => ({ contact: fact.contact, email: fact.email, accountId, at: fact.openedAt })),
  );
  const rows = facts.map((matched, i) => {
    const { fact, reference } = matched;
    const key = keyOf(fact.id, 'tickets', reference, fact.openedAt, fact.subject, fact.contact ?? fact.email);
    return factRow(ticketTable, matched, key, {
      contact_id: people[i],
      severity: fact.severity ?? 'normal',
      tags: fact.tags ?? [],
      solved_at: fact.solvedAt ?? [],
      reopened_at: fact.reopenedAt ?? [],
      first_response_at: fact.firstResponseAt ?? after(fact.openedAt, fact.firstResponseMinutes),
      escalated_at: fact.escalatedAt ?? (fact.escalated ? fact.openedAt : null),
    });
  });
  return (await upsertFacts(tx, context, ticketTable, rows)).map((ticket) => ticket.outcome);
};

function after(at: string, minutes: number | null): string | null {
  return minutes === null ? null : new Date(Date.parse(at) + minutes * 60_000).toISOString();
}

const responseTable: FactTable = {
  name: 'survey_responses',
  family: 'surveys',
  when: 'answered_at',
  columns: {
    contact_id: ['bigint', 'contact email'],
    kind: ['text', 'kind'],
    survey: ['text', 'survey'],
    score: ['float8', 'score'],
    scale_min: ['float8', 'scaleMin'],
    scale_max: ['float8', 'scaleMax'],
    satisfied_from: ['float8', 'satisfiedFrom'],
    high_is_easy: ['boolean', 'highIsEasy'],
    comment: ['text', 'comment'],
    channel: ['text', 'channel'],
    answered_at: ['timestamptz', 'answeredAt'],
  },
};

export const writeSurveyResponses: Writer<'survey_responses'> = async (tx, context, facts) => {
  const people = await contactsOf(
    tx,
    context,
    facts.map(({ fact, accountId }) => ({ contact: fact.contact, email: fact.email, accountId, at: fact.answeredAt })),
  );
  const rows = facts.map((matched, i) => {
    const { fact, reference } = matched;
    const who = fact.contact ?? fact.email ?? `${fact.score} ${fact.comment}`;
    const key = keyOf(fact.id, 'survey_responses', reference, fact.kind, fact.survey, fact.answeredAt, who);
    const [least, most] = usualScale[fact.kind] ?? [0, 0];
    return factRow(responseTable, matched, key, {
      contact_id: people[i],
      scale_min: fact.scaleMin ?? least,
      scale_max: fact.scaleMax ?? most,
      high_is_easy: fact.highIsEasy ?? true,
    });
  });
  return (await upsertFacts(tx, context, responseTable, rows)).map((response) => response.outcome);
};

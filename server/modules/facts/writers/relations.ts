import type { Writer } from '../context.ts';
import { keyOf } from '../keys.ts';
import { attendees, contactsOf } from '../people-of.ts';
import { type FactTable, factRow, upsertFacts } from '../upsert.ts';

const touchpointTable: FactTable = {
  name: 'touchpoints',
  family: 'touchpoints',
  when: 'planned_at,held_at',
  columns: {
    kind: ['text', 'kind'],
    subject: ['text', 'subject'],
    planned_at: ['timestamptz', 'plannedAt'],
    held_at: ['timestamptz', 'heldAt'],
    status: ['text', 'status heldAt'],
    direction: ['text', 'direction'],
    replied_at: ['timestamptz', 'repliedAt'],
    invited: ['bigint[]', 'invited'],
    attended: ['bigint[]', 'attended'],
    outcome: ['text', 'outcome'],
    next_milestone: ['text', 'nextMilestone'],
    next_milestone_day: ['date', 'nextMilestoneDay'],
  },
};

export const writeTouchpoints: Writer<'touchpoints'> = async (tx, context, facts) => {
  const people = facts.flatMap(({ fact, accountId }) =>
    [...(fact.invited ?? []), ...(fact.attended ?? [])].map((email) => {
      return { email, accountId, at: (fact.heldAt ?? fact.plannedAt)! };
    }),
  );
  const idOf = people.length === 0 ? () => null : await attendees(tx, context, people);
  const rows = facts.map((matched) => {
    const { fact, accountId, reference } = matched;
    const ids = (emails: string[] | null) =>
      (emails ?? []).map((email) => idOf(email, accountId)).filter((id) => id !== null);
    const key = keyOf(fact.id, 'touchpoints', reference, fact.kind, fact.plannedAt ?? fact.heldAt, fact.subject);
    return factRow(touchpointTable, matched, key, {
      status: fact.status ?? (fact.heldAt === null ? 'planned' : 'held'),
      invited: ids(fact.invited),
      attended: ids(fact.attended),
    });
  });
  return (await upsertFacts(tx, context, touchpointTable, rows)).map((touchpoint) => touchpoint.outcome);
};

const changeTable: FactTable = {
  name: 'stakeholder_changes',
  family: 'stakeholders',
  when: 'at',
  columns: {
    contact_id: ['bigint', 'contact email'],
    kind: ['text', 'kind'],
    detail: ['text', 'detail'],
    at: ['timestamptz', 'at'],
  },
};

export const writeStakeholderChanges: Writer<'stakeholder_changes'> = async (tx, context, facts) => {
  const people = await contactsOf(
    tx,
    context,
    facts.map(({ fact, accountId }) => ({ contact: fact.contact, email: fact.email, accountId, at: fact.at })),
  );
  const rows = facts.map((matched, i) => {
    const { fact, reference } = matched;
    const who = fact.contact ?? fact.email;
    const key = keyOf(fact.id, 'stakeholder_changes', reference, fact.kind, fact.at, who, fact.detail);
    return factRow(changeTable, matched, key, { contact_id: people[i] });
  });
  return (await upsertFacts(tx, context, changeTable, rows)).map((change) => change.outcome);
};

const intentTable: FactTable = {
  name: 'intents',
  family: 'intents',
  when: 'at',
  columns: {
    kind: ['text', 'kind'],
    detail: ['text', 'detail'],
    at: ['timestamptz', 'at'],
    resolved_at: ['timestamptz', 'resolvedAt'],
  },
};

export const writeIntents: Writer<'intents'> = async (tx, context, facts) => {
  const rows = facts.map((matched) => {
    const { fact, reference } = matched;
    return factRow(intentTable, matched, keyOf(fact.id, 'intents', reference, fact.kind, fact.at, fact.detail));
  });
  return (await upsertFacts(tx, context, intentTable, rows)).map((intent) => intent.outcome);
};

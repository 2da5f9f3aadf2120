import { storeContacts } from '#server/modules/people/index.ts';
import type { Writer } from '../context.ts';

export const writeContacts: Writer<'contacts'> = (tx, context, facts) =>
  storeContacts(
    tx,
    context.workspaceId,
    facts,
    facts.map((matched) => matched.accountId),
    context,
  );

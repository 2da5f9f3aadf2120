import sql, { empty, type Sql } from 'sql-template-tag';

/** Whose part of the book is looked at; all of it without owner and tier. */
export interface Scope {
  workspaceId: number;
  ownerId?: number | undefined;
  tier?: string | undefined;
}

/**
 * Accounts of `account_list l` that are in the book: those that pay, and those of which it is not known. An ARR of 0 is a
 * customer who has gone or has not come yet.
 */
export function inBook({ workspaceId, ownerId, tier }: Scope): Sql {
  return sql`l.workspace_id = ${workspaceId} and not l.merged and l.arr_minor is distinct from 0
    ${ownerId === undefined ? empty : sql`and l.owner_id = ${ownerId}`} ${tier === undefined ? empty : sql`and l.tier = ${tier}`}`;
}

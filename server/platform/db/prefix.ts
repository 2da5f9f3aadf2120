import sql, { type Sql } from 'sql-template-tag';

/** Greater than whatever may follow a prefix. */
const beyond = '\u{10ffff}';

/**
 * The condition that a column begins with `prefix`, byte by byte. Under row-level security it can use an index with
 * text_pattern_ops, which LIKE cannot: that is not leakproof.
 */
export function beginsWith(column: Sql, prefix: Sql): Sql {
  return sql`(${column} ~>=~ ${prefix} and ${column} ~<~ (${prefix} || ${beyond}))`;
}

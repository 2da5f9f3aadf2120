import type { Tx } from '#server/platform/db/pool.ts';
import { dayOfInstant, type FactContext, type Writer } from '../context.ts';
import { keyOf } from '../keys.ts';
import { type FactTable, factRow, upsertFacts } from '../upsert.ts';

const invoiceTable: FactTable = {
  name: 'invoices',
  family: 'invoices',
  when: 'issued_at',
  columns: {
    issued_at: ['timestamptz', 'issuedAt'],
    due_day: ['date', 'due'],
    amount_minor: ['bigint', 'amount'],
    currency: ['char(3)', 'currency'],
    disputed_from: ['timestamptz', 'disputedFrom'],
    disputed_to: ['timestamptz', 'disputedTo'],
  },
};

const paymentTable: FactTable = {
  name: 'payments',
  family: 'invoices',
  when: 'at',
  columns: {
    invoice_ref: ['text', 'invoice'],
    at: ['timestamptz', 'at'],
    amount_minor: ['bigint', 'amount'],
    currency: ['char(3)', 'currency'],
    failed: ['boolean', 'failed'],
  },
};

/** An invoice, and its payment where the row says when it was paid. */
export const writeInvoices: Writer<'invoices'> = async (tx, context, facts) => {
  const keys = facts.map(({ fact, reference }) =>
    keyOf(fact.id, 'invoices', reference, fact.issuedAt, fact.amount, fact.currency),
  );
  const rows = facts.map((matched, i) =>
    factRow(invoiceTable, matched, keys[i]!, {
      due_day: matched.fact.due ?? dayOfInstant(matched.fact.issuedAt, context),
      currency: matched.fact.currency ?? context.currency,
    }),
  );
  const invoices = await upsertFacts(tx, context, invoiceTable, rows);
  const outcomes = invoices.map((invoice) => invoice.outcome);
  const paid = facts.flatMap(({ fact, accountId }, i) => {
    if (fact.paidAt === null) return [];
    const payment = {
      invoice: keys[i]!,
      at: fact.paidAt,
      amount: fact.amount,
      currency: fact.currency ?? context.currency,
      failed: false,
    };
    const given = new Set(Object.keys(payment));
    return [{ i, row: factRow(paymentTable, { fact: payment, given, accountId }, `${keys[i]}#paid`) }];
  });
  const payments = await upsertFacts(
    tx,
    context,
    paymentTable,
    paid.map((p) => p.row),
  );
  for (const [n, { i }] of paid.entries()) {
    // A payment that is new or changed makes a known invoice an updated one.
    if (outcomes[i] === 'duplicate' && payments[n]!.outcome !== 'duplicate') outcomes[i] = 'updated';
  }
  await joinPayments(tx, context, keys);
  return outcomes;
};

export const writePayments: Writer<'payments'> = async (tx, context, facts) => {
  const rows = facts.map((matched) => {
    const { fact, reference } = matched;
    const key = keyOf(fact.id, 'payments', reference, fact.invoice, fact.at, fact.amount, fact.failed);
    const values = { currency: fact.currency ?? context.currency, failed: fact.failed ?? false };
    return factRow(paymentTable, matched, key, values);
  });
  const written = await upsertFacts(tx, context, paymentTable, rows);
  await joinPayments(tx, context, [...new Set(facts.map((f) => f.fact.invoice).filter((id) => id !== null))]);
  return written.map((payment) => payment.outcome);
};

/** Payments and invoices find each other, whichever came first. */
async function joinPayments(tx: Tx, { workspaceId, source }: FactContext, invoices: readonly string[]): Promise<void> {
  if (invoices.length === 0) return;
  await tx.run({
    name: 'join-payments',
    text: `update payments p set invoice_id = i.id from invoices i
      where i.workspace_id = $1 and i.source = $2 and i.external_id = any ($3::text[])
        and p.workspace_id = $1 and p.source = $2 and p.invoice_ref = i.external_id and p.invoice_id is null`,
    values: [workspaceId, source, invoices],
  });
}

import { factKind, inOrder, oneOf } from './field.ts';
import { currency, ofAccount, ofSubscription, ownId } from './of-account.ts';
import { day, instant } from './times.ts';
import { amountOf, flag, id, money, months, text } from './values.ts';

export const subscriptions = factKind(
  'subscriptions',
  'Subscriptions',
  'Contract lines. Without an id, account, product, start and unit name the line. A row with `from` is a change of plan, quantity or money on that day.',
  {
    ...ofAccount,
    id: ownId('the subscription', 'subscription_id subscriptionid contract_id line_id subscription'),
    product: text('Product', { aliases: 'product_name sku item offering' }),
    plan: text('Plan', { aliases: 'plan_name plan_tier tier edition package' }),
    quantity: amountOf('How many units', { aliases: 'seats licenses licences qty seat_count' }),
    unit: text('Unit of the quantity; “users” are seats', { aliases: 'units quantity_unit uom' }),
    mrr: money('Recurring revenue a month, after discount', {
      aliases: 'mrr_amount monthly_recurring_revenue monthly_amount mrr_usd monthly_price',
    }),
    arr: money('Recurring revenue a year, where no monthly one is given', {
      aliases: 'arr_amount annual_recurring_revenue annual_amount acv',
    }),
    currency,
    start: day('First day', { required: true, aliases: 'start_date start_day started_on begin begins valid_from' }),
    end: day('The day after the last one; empty = open-ended', {
      aliases: 'end_date end_day ended_on ends valid_to expires expiry_date',
    }),
    renewal: day('Renewal day, where it is not the end', {
      aliases: 'renewal_date renews_on renewal_day next_renewal',
    }),
    termMonths: months('Length of the term in months', {
      aliases: 'term term_months bill_period_months period_months contract_months',
    }),
    autoRenew: flag('Whether it renews by itself', { aliases: 'auto_renew auto_renew_flag autorenew auto_renewal' }),
    billingInterval: text('How often it is billed', { aliases: 'billing_frequency billing_interval billing_period' }),
    status: text('Status in the source', { aliases: 'state subscription_status' }),
    from: day('The day plan, quantity and money of this row hold from; otherwise the first day', {
      aliases: 'from_day effective_date effective changed_on change_date',
    }),
  },
  oneOf('account', 'productAccount', 'domain'),
  oneOf('mrr', 'arr'),
  inOrder('start', 'end'),
  inOrder('start', 'from'),
);

export const invoices = factKind(
  'invoices',
  'Invoices',
  'Bills sent. `paidAt` also stores a payment of the whole amount.',
  {
    ...ofSubscription,
    id: ownId('the invoice', 'invoice_id invoice number invoice_number'),
    issuedAt: instant('When it was sent', {
      required: true,
      aliases: 'issued issued_on invoice_date date created_at created',
    }),
    due: day('When it is due; otherwise the day it was sent', { aliases: 'due_date due_day due_on' }),
    amount: money('Amount', { required: true, aliases: 'total amount_due total_amount invoice_amount' }),
    currency,
    paidAt: instant('When it was paid in full', { aliases: 'paid paid_on payment_date paid_date' }),
    disputedFrom: instant('When a dispute began', { aliases: 'disputed_from disputed_at disputed dispute_opened' }),
    disputedTo: instant('When the dispute ended', { aliases: 'disputed_to dispute_resolved dispute_closed' }),
  },
  oneOf('account', 'productAccount', 'domain', 'subscription'),
  inOrder('disputedFrom', 'disputedTo'),
);

export const payments = factKind(
  'payments',
  'Payments',
  'Money that came in, and attempts that failed.',
  {
    ...ofSubscription,
    id: ownId('the payment', 'payment_id charge_id transaction_id'),
    invoice: id('The invoice it pays, of the same source', { aliases: 'invoice_id invoice_number' }),
    at: instant('When', { required: true, aliases: 'paid_at date payment_date created_at created' }),
    amount: money('Amount', { required: true, aliases: 'total paid_amount payment_amount' }),
    currency,
    failed: flag('Whether the attempt failed', { aliases: 'is_failed declined' }),
  },
  oneOf('account', 'productAccount', 'domain', 'subscription', 'invoice'),
);

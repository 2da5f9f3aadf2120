import { factKind, oneOf } from './field.ts';
import { counts, properties, texts } from './lists.ts';
import { ofPerson, ofSubscription, ownId } from './of-account.ts';
import { day, instant } from './times.ts';
import { choice, count, flag, id, number, text } from './values.ts';

export const events = factKind(
  'events',
  'Events',
  'What a person did in the product, with its time. An event without a person counts in volumes and last activity only.',
  {
    ...ofSubscription,
    ...ofPerson,
    id: ownId('the event', 'message_id messageid event_id insert_id uuid'),
    event: text('Name of the event', {
      required: true,
      aliases: 'event_name name action event_type activity feature feature_name',
    }),
    at: instant('When it happened', {
      required: true,
      aliases: 'timestamp time ts event_time occurred_at date created_at datetime original_timestamp',
    }),
    type: choice(['track', 'page', 'screen'] as const)('Kind of event; track unless said', { aliases: 'kind call' }),
    properties: properties('Any further values', { aliases: 'props event_properties' }),
  },
  oneOf('account', 'productAccount', 'domain', 'email', 'subscription', 'contact'),
);

export const dailyUsage = factKind(
  'daily_usage',
  'Daily usage counts',
  'How often an event happened on a day, where single events are not to be had. Without an event the row speaks of the whole day. Rows of several subscriptions or ids on the same day add up.',
  {
    ...ofSubscription,
    id: id('Tells rows of the same account, day and event apart', { aliases: 'usage_id row_id external_id' }),
    day: day('The day', { required: true, aliases: 'date usage_date activity_date on' }),
    event: text('Name of the event; empty = the whole day', {
      aliases: 'event_name feature feature_name action event_type name',
    }),
    count: number('How often', { aliases: 'usage_count events total times quantity value event_count' }),
    counts: counts('Several events of the day at once: { event: count }, in place of event and count'),
    users: count('How many different people', { aliases: 'active_users user_count unique_users dau' }),
  },
  oneOf('account', 'productAccount', 'domain', 'subscription'),
  oneOf('count', 'users', 'counts'),
  (fact) => (fact.count !== null && fact.count < 0 ? { field: 'count', message: 'must not be negative' } : null),
);

export const features = factKind(
  'features',
  'Features',
  'Capabilities of your product and the events that count as their use.',
  {
    key: id('Short name, unique', { required: true, aliases: 'feature feature_key id code feature_name' }),
    name: text('Name; otherwise the key', { aliases: 'title label' }),
    area: text('Part of the product', { aliases: 'module category group' }),
    core: flag('Whether it is core', { aliases: 'is_core' }),
    advanced: flag('Whether it is advanced', { aliases: 'is_advanced' }),
    plans: texts('Plans that include it; empty = all', { aliases: 'plan tiers plan_tiers' }),
    events: texts('Events that count as use; the event named like the key unless given', {
      aliases: 'event event_name event_names',
    }),
    login: flag('Whether these events are a login', { aliases: 'is_login' }),
  },
);

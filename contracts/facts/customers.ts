import { stages, tiers } from '#contracts/accounts.ts';
import { contactRoles } from '#contracts/contacts.ts';
import { factKind, oneOf } from './field.ts';
import { attributes, choices, texts } from './lists.ts';
import { ofAccount } from './of-account.ts';
import { day, instant } from './times.ts';
import { choice, currencyCode, email, flag, id, money, text } from './values.ts';

export const accounts = factKind(
  'accounts',
  'Accounts',
  'Customer companies. A row makes the account or changes the one it names; fields that are left out stay as they are.',
  {
    ...ofAccount,
    account: id(ofAccount.account.description, { aliases: `id external_id ${ofAccount.account.aliases.join(' ')}` }),
    name: text('Name', {
      aliases: 'account_name company_name organization_name customer_name company organization customer client title',
    }),
    domains: texts('More domains of the account', { aliases: 'all_domains email_domains' }),
    parent: id('Id of the parent account in the source', { aliases: 'parent_id parent_account parent_account_id' }),
    industry: text('Industry', { aliases: 'sector vertical' }),
    region: text('Region', { aliases: 'area territory' }),
    country: text('Country', { aliases: 'country_code nation' }),
    currency: currencyCode('Currency of the account', { aliases: 'currency_code' }),
    tier: choice(tiers, { mid: 'mid_market', midmarket: 'mid_market', small: 'smb', large: 'enterprise' })(
      'Tier, where it is decided outside',
      { aliases: 'account_tier segment' },
    ),
    stage: choice(stages, { onboarding: 'onboard', adoption: 'adopt', renewal: 'renew', expansion: 'expand' })(
      'Lifecycle stage, where it is decided outside',
      { aliases: 'lifecycle_stage lifecycle account_stage' },
    ),
    owner: email('E-mail address of the member who owns the account', {
      aliases: 'owner_email csm csm_email account_owner account_manager',
    }),
    startedOn: day('The day the customer began', {
      aliases:
        'started start_date start signup_date signed_up_at signed_up customer_since since created_at created joined',
    }),
    arr: money('Recurring revenue a year as this source has it; held against what the contract lines add up to', {
      aliases: 'arr_amount annual_recurring_revenue acv',
    }),
    strategic: flag('Whether the account is strategic', { aliases: 'is_strategic' }),
    churned: flag('Whether the source says that it has left; held against the other facts, not believed', {
      aliases: 'churn_flag churn is_churned has_churned',
    }),
    tags: texts('Tags, in place of those there are', { aliases: 'labels' }),
    attributes: attributes('Any further values; those left out stay', { aliases: 'traits custom properties' }),
  },
  oneOf('account', 'productAccount', 'domain'),
);

const seniorities = ['c_level', 'vp', 'director', 'manager', 'individual'] as const;
const levels = ['low', 'medium', 'high'] as const;
const moods = ['positive', 'neutral', 'negative'] as const;

export const contacts = factKind(
  'contacts',
  'Contacts',
  'People at accounts, with their roles. A contact under a new account has moved there from the day of `since` on.',
  {
    ...ofAccount,
    id: id('The person’s id in the source', { aliases: 'contact_id user_id userid person_id external_id' }),
    email: email('E-mail address', { aliases: 'contact_email user_email mail e_mail' }),
    name: text('Name', { aliases: 'full_name contact_name user_name' }),
    title: text('Job title', { aliases: 'job_title position job' }),
    roles: choices(contactRoles)('Roles now, in place of those there are', { aliases: 'role contact_role' }),
    seniority: choice(seniorities, { c_suite: 'c_level', executive: 'c_level', ic: 'individual' })('Seniority', {
      aliases: 'level',
    }),
    influence: choice(levels)('Influence on the decision to stay'),
    sentiment: choice(moods)('How the person stands to us', { aliases: 'mood' }),
    optedOut: flag('Whether the person wants no messages', { aliases: 'opted_out unsubscribed do_not_contact' }),
    isUser: flag('Whether the person uses the product', { aliases: 'is_user product_user' }),
    since: instant('At the account since', { aliases: 'created_at created joined start_date joined_at' }),
    leftAt: instant('Left the account at', { aliases: 'left left_on departed_at deactivated_at' }),
    attributes: attributes('Any further values; those left out stay', { aliases: 'traits custom properties' }),
  },
  oneOf('id', 'email'),
);

/** Fields that say whose fact it is (chapter 01, "Identity"); shared by every kind. */
import { currencyCode, email, id, text } from './values.ts';

export const ofAccount = {
  account: id('The account’s id in the source', {
    aliases: `account_id accountid account_key company_id organization_id organisation_id org_id customer_id client_id group_id
      tenant_id external_account_id company organization organisation org customer client tenant`,
  }),
  productAccount: id('The account’s id in your own product (telemetry’s group id), where the source carries one', {
    aliases: 'product_account_id product_id_of_account',
  }),
  domain: text('The account’s domain; public mail domains never match', {
    aliases: 'account_domain company_domain website url web',
  }),
};

export const ofSubscription = {
  ...ofAccount,
  subscription: id('A subscription of the same source, in place of the account', {
    aliases: 'subscription_id subscriptionid contract_id contract',
  }),
};

export const ofPerson = {
  contact: id('The person’s id in the source', {
    aliases: 'contact_id user_id user userid person_id requester_id respondent_id',
  }),
  email: email('The person’s e-mail address', {
    aliases: 'contact_email user_email mail e_mail requester respondent requester_email',
  }),
};

export const currency = currencyCode('Currency of the amounts; otherwise the import’s, otherwise the workspace’s', {
  aliases: 'currency_code ccy',
});

export const ownId = (what: string, aliases: string) =>
  id(`Id of ${what} in the source; without one, the same contents are the same fact`, {
    aliases: `external_id ${aliases}`,
  });

import { z } from 'zod';
import { byId, day, endpoint, id, instant, page, pageQuery } from './kit.ts';

const tag = 'Accounts';
export const contactRoles = [
  'champion',
  'executive_sponsor',
  'decision_maker',
  'admin',
  'end_user',
  'detractor',
  'billing',
] as const;

export const contact = z
  .object({
    id,
    name: z.string().nullable(),
    email: z.string().nullable(),
    title: z.string().nullable(),
    roles: z.array(z.enum(contactRoles)),
    isUser: z.boolean(),
    leftAt: instant.nullable(),
    lastSeenDay: day.nullable(),
  })
  .meta({ id: 'Contact' });
export const listContacts = endpoint({
  id: 'listContacts',
  method: 'GET',
  path: '/accounts/{id}/contacts',
  tag,
  auth: 'read',
  params: byId,
  query: z.object(pageQuery),
  summary: 'People of the account, those with roles first',
  response: page(contact).extend({ total: z.number().int() }),
});
export const saveContact = endpoint({
  id: 'saveContact',
  method: 'POST',
  path: '/accounts/{id}/contacts',
  tag,
  auth: 'accounts.write',
  params: byId,
  status: 201,
  summary: 'Add a contact',
  body: z.strictObject({
    name: z.string().trim().min(1).max(200),
    email: z.email().max(254).nullable().optional(),
    title: z.string().max(200).nullable().optional(),
    roles: z.array(z.enum(contactRoles)).default([]),
  }),
  response: contact,
});
export const updateContact = endpoint({
  id: 'updateContact',
  method: 'PATCH',
  path: '/contacts/{id}',
  tag,
  auth: 'accounts.write',
  params: byId,
  summary: 'Change a contact; roles keep their history, left sets the date',
  body: z.strictObject({
    name: z.string().trim().min(1).max(200).optional(),
    title: z.string().max(200).nullable().optional(),
    roles: z.array(z.enum(contactRoles)).optional(),
    left: z.boolean().optional(),
  }),
  response: contact,
});
export const eraseContact = endpoint({
  id: 'eraseContact',
  method: 'DELETE',
  path: '/contacts/{id}',
  tag,
  auth: 'members.manage',
  params: byId,
  summary: 'Erase a person: name, address, ids and what they wrote go for good; counts of the past stay',
});
export const mergeContacts = endpoint({
  id: 'mergeContacts',
  method: 'POST',
  path: '/contacts/{id}/merge',
  tag,
  auth: 'accounts.write',
  params: byId,
  status: 201,
  summary: 'Merge another contact, who is the same person, into this one; undone within 30 days',
  body: z.strictObject({ otherId: id }),
  response: z.object({ mergeId: id, contact }),
});
export const undoContactMerge = endpoint({
  id: 'undoContactMerge',
  method: 'POST',
  path: '/contact-merges/{id}/undo',
  tag,
  auth: 'accounts.write',
  params: byId,
  summary: 'Make two contacts of a merged one again',
  response: contact,
});
export const listContactMerges = endpoint({
  id: 'listContactMerges',
  method: 'GET',
  path: '/contact-merges',
  tag,
  auth: 'read',
  summary: 'Merges of contacts of the last 30 days',
  response: z.object({
    items: z.array(
      z.object({
        id,
        keptId: id,
        keptName: z.string(),
        mergedId: id,
        mergedName: z.string(),
        accountId: id.nullable(),
        accountName: z.string().nullable(),
        at: instant,
        undoneAt: instant.nullable(),
      }),
    ),
  }),
});

export const contactEndpoints = [
  listContacts,
  saveContact,
  updateContact,
  eraseContact,
  mergeContacts,
  undoContactMerge,
  listContactMerges,
];

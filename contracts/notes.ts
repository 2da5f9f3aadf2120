import { z } from 'zod';
import { byId, endpoint, id, instant } from './kit.ts';

const tag = 'Accounts';
const text = z.string().trim().min(1).max(20_000);

export const note = z
  .object({
    id,
    body: z.string(),
    authorName: z.string(),
    pinned: z.boolean(),
    createdAt: instant,
    updatedAt: instant.describe('when its present text was written'),
    edits: z.number().int().describe('earlier texts that are kept'),
    deletedAt: instant.nullable(),
  })
  .meta({ id: 'Note' });
export const listNotes = endpoint({
  id: 'listNotes',
  method: 'GET',
  path: '/accounts/{id}/notes',
  tag,
  auth: 'read',
  params: byId,
  query: z.object({
    deleted: z.stringbool().default(false).describe('true: those that were deleted and can be brought back'),
  }),
  summary: 'Notes, pinned first',
  response: z.object({ items: z.array(note) }),
});
export const createNote = endpoint({
  id: 'createNote',
  method: 'POST',
  path: '/accounts/{id}/notes',
  tag,
  auth: 'accounts.write',
  params: byId,
  status: 201,
  summary: 'Write a note',
  body: z.strictObject({ body: text, pinned: z.boolean().default(false) }),
  response: note,
});
export const updateNote = endpoint({
  id: 'updateNote',
  method: 'PATCH',
  path: '/notes/{id}',
  tag,
  auth: 'accounts.write',
  params: byId,
  summary: 'Change a note, delete it or bring it back; earlier texts are kept',
  body: z.strictObject({
    body: text.optional(),
    pinned: z.boolean().optional(),
    deleted: z.boolean().optional(),
  }),
  response: note,
});

export const noteVersion = z
  .object({
    body: z.string(),
    at: instant.describe('when this text was written'),
    byName: z.string().nullable().describe('who wrote it; null = not known'),
  })
  .meta({ id: 'NoteVersion' });
export const listNoteVersions = endpoint({
  id: 'listNoteVersions',
  method: 'GET',
  path: '/notes/{id}/versions',
  tag,
  auth: 'read',
  params: byId,
  summary: 'Every text that a note has had, newest first; the first is the present one',
  response: z.object({ items: z.array(noteVersion) }),
});

export const noteEndpoints = [listNotes, createNote, updateNote, listNoteVersions];

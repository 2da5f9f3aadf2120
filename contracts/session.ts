import { z } from 'zod';
import { endpoint, id } from './kit.ts';
import { permissionSchema, roleSchema } from './permissions.ts';

export const membership = z
  .object({ workspaceId: id, workspaceName: z.string(), memberId: id, role: roleSchema, isDemo: z.boolean() })
  .meta({ id: 'Membership' });

export const session = z
  .object({
    user: z.object({ name: z.string(), email: z.string() }).nullable(),
    /** the workspace this session works in */
    workspace: z
      .object({
        id,
        name: z.string(),
        timeZone: z.string(),
        currency: z.string(),
        isDemo: z.boolean(),
        today: z.iso.date(),
      })
      .nullable(),
    memberId: id.nullable(),
    role: roleSchema.nullable(),
    permissions: z.array(permissionSchema),
    memberships: z.array(membership),
  })
  .meta({ id: 'Session' });
export type Session = z.infer<typeof session>;

const tag = 'Session';
const email = z.email().max(254);
const password = z.string().min(10, 'at least 10 characters').max(200);

export const getSetup = endpoint({
  id: 'getSetup',
  method: 'GET',
  path: '/setup',
  tag,
  auth: 'public',
  summary: 'Whether this installation still waits for its first administrator',
  response: z.object({ needed: z.boolean(), mailConfigured: z.boolean() }),
});
export const runSetup = endpoint({
  id: 'runSetup',
  method: 'POST',
  path: '/setup',
  tag,
  auth: 'public',
  status: 201,
  summary: 'Create the first administrator with the one-time token the server printed',
  body: z.strictObject({
    token: z.string().min(1).max(200),
    name: z.string().trim().min(1).max(200),
    email,
    password,
    workspaceName: z.string().trim().min(1).max(200),
    timeZone: z.string().max(100).default('UTC'),
    currency: z
      .string()
      .regex(/^[A-Z]{3}$/)
      .default('USD'),
    /** also load the demo workspace */
    demo: z.boolean().default(false),
  }),
  response: session,
});
export const getSession = endpoint({
  id: 'getSession',
  method: 'GET',
  path: '/session',
  tag,
  auth: 'public',
  summary: 'Who is signed in; user is null when nobody is',
  response: session,
});
export const signIn = endpoint({
  id: 'signIn',
  method: 'POST',
  path: '/session',
  tag,
  auth: 'public',
  summary: 'Sign in with e-mail and password',
  body: z.strictObject({ email, password: z.string().min(1).max(200) }),
  response: session,
});
export const signOut = endpoint({
  id: 'signOut',
  method: 'DELETE',
  path: '/session',
  tag,
  auth: 'public',
  summary: 'Sign out',
});
export const switchWorkspace = endpoint({
  id: 'switchWorkspace',
  method: 'PUT',
  path: '/session/workspace',
  tag,
  auth: 'signed-in',
  summary: 'Work in another workspace of which one is a member',
  body: z.strictObject({ workspaceId: id }),
  response: session,
});
export const changePassword = endpoint({
  id: 'changePassword',
  method: 'PUT',
  path: '/session/password',
  tag,
  auth: 'signed-in',
  summary: 'Change one’s own password; ends all other sessions',
  body: z.strictObject({ current: z.string().min(1).max(200), password }),
  response: session,
});
export const requestReset = endpoint({
  id: 'requestPasswordReset',
  method: 'POST',
  path: '/session/password-reset',
  tag,
  auth: 'public',
  summary: 'Mail a link to set a new password; the answer does not tell whether the address is known',
  body: z.strictObject({ email }),
  response: z.object({ mailConfigured: z.boolean() }),
});
export const confirmReset = endpoint({
  id: 'confirmPasswordReset',
  method: 'POST',
  path: '/session/password-reset/confirm',
  tag,
  auth: 'public',
  summary: 'Set a new password with the token of a reset link; ends all sessions of the user',
  body: z.strictObject({ token: z.string().min(1).max(200), password }),
});
export const checkLink = endpoint({
  id: 'checkLink',
  method: 'POST',
  path: '/session/link',
  tag,
  auth: 'public',
  summary: 'Whether a one-time link still works, before its form is filled in; it is not used up',
  body: z.strictObject({ purpose: z.enum(['setup', 'invite', 'reset']), token: z.string().min(1).max(200) }),
  response: z.object({
    works: z.boolean(),
    invited: z
      .object({ name: z.string(), email: z.string(), workspaceName: z.string(), hasAccount: z.boolean() })
      .nullable()
      .describe('of an invitation that works: whom it invites, where to, and whether they have a password already'),
  }),
});
export const acceptInvitation = endpoint({
  id: 'acceptInvitation',
  method: 'POST',
  path: '/session/invitation',
  tag,
  auth: 'public',
  status: 201,
  summary: 'Accept an invitation: sets name and password and signs in',
  body: z.strictObject({ token: z.string().min(1).max(200), name: z.string().trim().min(1).max(200), password }),
  response: session,
});
export const sessionEndpoints = [
  getSetup,
  runSetup,
  getSession,
  signIn,
  signOut,
  switchWorkspace,
  changePassword,
  requestReset,
  confirmReset,
  checkLink,
  acceptInvitation,
];

import { z } from 'zod';

/** What a member's role or an API key's scope allows. Checked at HTTP, for every endpoint, by its `auth`. */
export const permissions = {
  read: 'See accounts, signals, health, risks and facts',
  'accounts.write': 'Change accounts, contacts and notes',
  'risks.act': 'Acknowledge, snooze, dismiss and close risks',
  'health.override': 'Override a score or band with a reason',
  'facts.write': 'Send and import facts',
  'intake.manage': 'Resolve unmatched facts, replay rejected ones, manage write keys',
  'settings.manage': 'Change features, calendar, scorecards, risk rules and signals',
  'members.manage': 'Invite members, change roles, manage API keys',
  'workspace.export': 'Export everything the workspace holds',
} as const;

export type Permission = keyof typeof permissions;
export const permissionKeys = Object.keys(permissions) as [Permission, ...Permission[]];
export const permissionSchema = z.enum(permissionKeys);

export const roles = {
  admin: { title: 'Administrator', can: permissionKeys },
  ops: {
    title: 'CS operations',
    can: ['read', 'accounts.write', 'risks.act', 'health.override', 'facts.write', 'intake.manage', 'settings.manage'],
  },
  leader: { title: 'CS leader', can: ['read', 'accounts.write', 'risks.act', 'health.override'] },
  csm: { title: 'CSM', can: ['read', 'accounts.write', 'risks.act', 'health.override'] },
  viewer: { title: 'Viewer', can: ['read'] },
} as const satisfies Record<string, { title: string; can: readonly Permission[] }>;

export type Role = keyof typeof roles;
export const roleSchema = z.enum(Object.keys(roles) as [Role, ...Role[]]);

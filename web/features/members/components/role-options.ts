import { type Role, roles } from '#contracts/permissions.ts';

const what: Record<Role, string> = {
  admin: 'Everything, members and API keys too',
  ops: 'Everything but members and API keys',
  leader: 'Works with all accounts, risks and scores',
  csm: 'Works with accounts, risks and scores',
  viewer: 'Sees everything, changes nothing',
};

/** Roles as choices, with what each may do. */
export const roleOptions = (Object.keys(roles) as Role[]).map((value) => ({
  value,
  label: roles[value].title,
  description: what[value],
}));

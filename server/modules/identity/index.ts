/** The door of identity: who people and keys are, and what they may do. */
export { forgetEnded } from './forget.ts';
export { createIdentity, createResetLink, createSetupLink } from './identity.ts';
export { hashPassword } from './password.ts';
export { carryAdministrators, connectMembers, membersWithoutPassword, type WithoutPassword } from './restored.ts';
export { createAdministrator, isSetupNeeded } from './setup.ts';

/** The first administrator of an installation. */
import sql from 'sql-template-tag';
import type { Parsed } from '#contracts/kit.ts';
import type { runSetup } from '#contracts/session.ts';
import { conflict, invalidField } from '#server/errors.ts';
import { createWorkspace, demoWorkspace, type Seeder } from '#server/modules/workspace/index.ts';
import type { Tx } from '#server/platform/db/pool.ts';
import { takeLink } from './links.ts';
import { createUser, findUser, setPassword } from './users.ts';

/** True until somebody who can sign in administers a workspace. */
export async function isSetupNeeded(tx: Tx): Promise<boolean> {
  const { needed } = await tx.one<{ needed: boolean }>(sql`select not exists
    (select from members where role = 'admin' and status = 'active' and user_id is not null) as needed`);
  return needed;
}

type Wanted = Parsed<typeof runSetup>['body'];

/** @throws AppError 400 for a wrong token, 409 when there is an administrator already. Returns the workspace to open. */
export async function setUp(
  tx: Tx,
  wanted: Omit<Wanted, 'password'> & { passwordHash: string },
  seeders: readonly Seeder[],
): Promise<number> {
  await tx.run(sql`select pg_advisory_xact_lock(hashtext('perennial setup'))`);
  if (!(await isSetupNeeded(tx))) throw conflict('There is an administrator already.');
  if (!(await takeLink(tx, 'setup', wanted.token))) throw invalidField('token', 'is not the one of the newest link');
  return createAdministrator(tx, wanted, seeders);
}

/** Makes the user, a workspace, and the demo workspace if wanted; returns the id of the one to open first. */
export async function createAdministrator(
  tx: Tx,
  wanted: Omit<Wanted, 'password' | 'token'> & { passwordHash: string },
  seeders: readonly Seeder[],
): Promise<number> {
  const known = await findUser(tx, wanted.email);
  if (known) await setPassword(tx, known.id, wanted.passwordHash);
  const user = known ?? (await createUser(tx, wanted.name, wanted.email, wanted.passwordHash));
  const administrators = [{ userId: user.id, name: wanted.name, email: user.email }];
  const { workspaceName: name, timeZone, currency } = wanted;
  // The oldest workspace is the one that a new browser opens: who asked for the demo wants to see it.
  const demo = wanted.demo ? await demoWorkspace(tx, administrators, seeders) : null;
  const own = await createWorkspace(tx, { name, timeZone, currency, isDemo: false, administrators }, seeders);
  return demo ?? own;
}

import { readEnv } from '#server/env.ts';
import { createResetLink } from '#server/modules/identity/index.ts';
import { openBeside } from '#server/platform/db/open.ts';
import { createLogger } from '#server/platform/log/log.ts';
import { type Command, CommandError, readArgs } from '../command.ts';
import { originOf } from '../server.ts';

/** For installations that send no mail. Whoever can reach the database may do this: it asks for no key. */
export const resetLinkCommand: Command = {
  name: 'reset-link',
  usage: 'perennial reset-link <e-mail address> [--data <folder>]',
  summary: 'Prints a link with which this person sets a new password. Works beside the server and without it.',
  help: `It reads the same settings as the server (DATABASE_URL, DATA_DIR, PUBLIC_URL, PORT) and works whether that runs or not.
Without PUBLIC_URL the link leads to PERENNIAL_URL.`,
  async run(args) {
    const { values, positionals } = readArgs(args, { data: { type: 'string' } });
    const [email, ...more] = positionals;
    if (email === undefined || more.length > 0) throw new CommandError(`One address: ${resetLinkCommand.usage}`, 2);
    const env = readEnv(values.data === undefined ? [] : [`--data=${values.data}`], process.env);
    const database = await openBeside(env, createLogger('error')).catch((error: Error) => {
      throw new CommandError(error.message);
    });
    try {
      const origin = originOf(env);
      const link = await createResetLink(database.pool, origin, email);
      if (link === null) throw new CommandError(`Nobody here has the address ${email}.`);
      process.stdout.write(`${link}\n`);
      return 0;
    } finally {
      await database.close();
    }
  },
};

#!/usr/bin/env node
/** The `perennial` command: imports over the API, and what only the operator of an installation may do. */
import { CommandError } from './command.ts';
import { exportCommand } from './commands/export.ts';
import { factKindsCommand } from './commands/fact-kinds.ts';
import { importCommand } from './commands/import.ts';
import { resetLinkCommand } from './commands/reset-link.ts';
import { restoreCommand } from './commands/restore.ts';

const commands = [importCommand, factKindsCommand, exportCommand, restoreCommand, resetLinkCommand];

const help = `perennial <command>

${commands.map((command) => `  ${command.usage}\n      ${command.summary}`).join('\n')}

Commands that talk to a server take --url (or PERENNIAL_URL, by default http://localhost:4400) and --key (or PERENNIAL_KEY,
an API key from Settings). perennial <command> --help says more.
`;

async function main([name, ...rest]: string[]): Promise<number> {
  if (name === undefined || name === '--help' || name === 'help') {
    process.stdout.write(help);
    return 0;
  }
  const command = commands.find((own) => own.name === name);
  if (!command) throw new CommandError(`There is no command “${name}”.\n\n${help}`, 2);
  if (rest.includes('--help')) {
    process.stdout.write(`${command.usage}\n\n${command.help}\n`);
    return 0;
  }
  return command.run(rest);
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  process.stderr.write(`${error instanceof CommandError ? error.message.trimEnd() : (error as Error).stack}\n`);
  process.exitCode = error instanceof CommandError ? error.exitCode : 1;
}

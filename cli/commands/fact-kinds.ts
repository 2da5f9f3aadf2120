import { listFactKinds } from '#contracts/intake.ts';
import { type Command, readArgs } from '../command.ts';
import { connect, serverOptions } from '../server.ts';

export const factKindsCommand: Command = {
  name: 'fact-kinds',
  usage: 'perennial fact-kinds [<kind>]',
  summary: 'The kinds of facts that can be imported; with a kind, its fields.',
  help: 'Required fields are marked with *.',
  async run(args) {
    const { values, positionals } = readArgs(args, serverOptions);
    const { items } = await connect(values).ask(listFactKinds, {});
    const chosen = positionals.length === 0 ? items : items.filter((item) => positionals.includes(item.kind));
    for (const { kind, description, fields } of chosen) {
      process.stdout.write(`${kind.padEnd(20)} ${description}\n`);
      if (positionals.length === 0) continue;
      for (const field of fields) {
        const name = `${field.name}${field.required ? '*' : ''}`;
        process.stdout.write(`  ${name.padEnd(22)} ${field.type.padEnd(30)} ${field.description}\n`);
      }
    }
    return 0;
  },
};

import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { exportWorkspace } from '#contracts/transfer.ts';
import { type Command, CommandError, readArgs } from '../command.ts';
import { connect, serverOptions } from '../server.ts';

export const exportCommand: Command = {
  name: 'export',
  usage: 'perennial export <file.zip>',
  summary: 'Saves everything the workspace holds as one file.',
  help: `The key needs the permission workspace.export. The file is of one moment, and perennial restore takes it. An existing
file is replaced once the new one is complete.`,
  async run(args) {
    const { values, positionals } = readArgs(args, serverOptions);
    const [path, ...more] = positionals;
    if (path === undefined || more.length > 0) throw new CommandError(`One file: ${exportCommand.usage}`, 2);
    const response = await connect(values).send(exportWorkspace, {});
    const draft = `${path}.part`;
    let bytes = 0;
    async function* counted() {
      for await (const chunk of Readable.fromWeb(response.body as never)) {
        bytes += (chunk as Buffer).length;
        yield chunk;
      }
    }
    try {
      await pipeline(counted, createWriteStream(draft, { mode: 0o600 }));
      await rename(draft, path);
    } catch (error) {
      await rm(draft, { force: true });
      throw new CommandError(`The export was cut off: ${(error as Error).message}. ${path} is as it was.`);
    }
    process.stdout.write(`${path}: ${(bytes / 1e6).toFixed(1)} MB\n`);
    return 0;
  },
};

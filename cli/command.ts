/** What a command is, and how it ends. */
import { type ParseArgsConfig, parseArgs } from 'node:util';

export interface Command {
  name: string;
  usage: string;
  summary: string;
  help: string;
  /** The exit code: 0 = done. @throws CommandError with what to tell the person */
  run(args: string[]): Promise<number>;
}

/** Told without a stack. Exit codes: 1 = did not work, 2 = called wrongly. */
export class CommandError extends Error {
  readonly exitCode: number;
  constructor(message: string, exitCode = 1) {
    super(message);
    this.exitCode = exitCode;
  }
}

/** Flags and words of a command line. @throws CommandError for a flag that is not known */
export function readArgs<T extends NonNullable<ParseArgsConfig['options']>>(args: string[], options: T) {
  try {
    return parseArgs({ args, options, allowPositionals: true, allowNegative: true });
  } catch (error) {
    throw new CommandError((error as Error).message, 2);
  }
}

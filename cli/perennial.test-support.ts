import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export interface Ended {
  code: number | null;
  out: string;
  err: string;
}

/** Runs the command as a process of its own. */
export function runPerennial(args: readonly string[], env: Readonly<Record<string, string>>): Promise<Ended> {
  const script = fileURLToPath(new URL('./perennial.ts', import.meta.url));
  const child = spawn(process.execPath, [script, ...args], { env: { ...process.env, ...env } });
  const ended: Ended = { code: null, out: '', err: '' };
  child.stdout.on('data', (chunk) => (ended.out += chunk));
  child.stderr.on('data', (chunk) => (ended.err += chunk));
  return new Promise((resolve) => child.on('close', (code) => resolve({ ...ended, code })));
}

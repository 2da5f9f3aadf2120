/**
 * `npm test`: every check there is, in order, whatever the ones before it said. The last line is `N passed, N failed`
 * (`, N skipped`), counting each test and each check without tests as one.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

interface Count {
  passed: number;
  failed: number;
  skipped: number;
}

/** The parts of Vitest's JSON report that are used (the format is Jest's). */
interface Report {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  numTodoTests: number;
  testResults: { status: string; assertionResults: { status: string }[] }[];
}

const root = join(import.meta.dirname, '..');

/** Runs a program of node_modules/.bin; true when it succeeds. */
async function run(program: string, args: string[]): Promise<boolean> {
  const child = spawn(join(root, 'node_modules/.bin', program), args, { cwd: root, stdio: 'inherit' });
  const [code] = await once(child, 'exit');
  return code === 0;
}

async function check(program: string, args: string[]): Promise<Count> {
  const passed = await run(program, args);
  return { passed: passed ? 1 : 0, failed: passed ? 0 : 1, skipped: 0 };
}

async function tests(): Promise<Count> {
  const folder = await mkdtemp(join(tmpdir(), 'test-report-'));
  const path = join(folder, 'report.json');
  const passed = await run('vitest', ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${path}`]);
  const report = await readFile(path, 'utf8').then(
    (text) => JSON.parse(text) as Report,
    () => null,
  );
  await rm(folder, { recursive: true });
  if (!report) return { passed: 0, failed: 1, skipped: 0 };
  // A file that breaks before its first test has no test that failed.
  const broken = report.testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && assertionResults.every((one) => one.status !== 'failed'),
  ).length;
  const failed = report.numFailedTests + broken;
  return {
    passed: report.numPassedTests,
    // Vitest also fails for errors outside of any test.
    failed: failed === 0 && !passed ? 1 : failed,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}

const steps: [string, () => Promise<Count>][] = [
  ['types', () => check('tsc', [])],
  ['lint and import rules', () => check('biome', ['check', '.'])],
  ['unused code', () => check('knip', [])],
  ['tests', tests],
];

const total: Count = { passed: 0, failed: 0, skipped: 0 };
const summary: string[] = [];
for (const [name, step] of steps) {
  console.log(`\n— ${name}`);
  const startedAt = performance.now();
  const count = await step();
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  summary.push(`${count.failed > 0 ? 'failed' : 'ok    '} ${name} (${seconds} s)`);
  for (const key of ['passed', 'failed', 'skipped'] as const) total[key] += count[key];
}
console.log(`\n${summary.join('\n')}\n`);
console.log(`${total.passed} passed, ${total.failed} failed${total.skipped > 0 ? `, ${total.skipped} skipped` : ''}`);
process.exitCode = total.failed > 0 ? 1 : 0;

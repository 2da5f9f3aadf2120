/** node seed/write.ts --accounts 400 --out dir [--seed 2025] [--days 548] [--now 2026-03-18T10:00Z] [--format csv|ndjson] */
import { parseArgs } from 'node:util';
import { historyDays, usualSize } from './demo/scene.ts';
import { type Format, fileKinds, writeFiles } from './files.ts';

const { values } = parseArgs({
  options: {
    out: { type: 'string' },
    accounts: { type: 'string', default: String(usualSize) },
    seed: { type: 'string', default: '2025' },
    days: { type: 'string', default: String(historyDays) },
    now: { type: 'string', default: new Date().toISOString() },
    format: { type: 'string', default: 'csv' },
    'events-per-user-day': { type: 'string' },
  },
});

function fail(reason: string): never {
  console.error(reason);
  process.exit(1);
}

function whole(name: 'accounts' | 'seed' | 'days'): number {
  const number = Number(values[name]);
  return Number.isInteger(number) && number > 0 ? number : fail(`--${name} must be a whole number above 0`);
}

if (!values.out) fail('Say where the files go: --out <folder>');
if (values.format !== 'csv' && values.format !== 'ndjson') fail('--format must be csv or ndjson');
const now = Date.parse(values.now);
if (Number.isNaN(now)) fail('--now must be a time such as 2026-03-18T10:00Z');
const perDay = values['events-per-user-day'];
if (perDay !== undefined && !(Number(perDay) > 0)) fail('--events-per-user-day must be a number above 0');

const options = { seed: whole('seed'), accounts: whole('accounts'), days: whole('days'), now };
const counts = await writeFiles(
  values.out,
  perDay === undefined ? options : { ...options, eventsPerUserDay: Number(perDay) },
  values.format as Format,
);
console.log(`Written to ${values.out}, in the order in which to import them:`);
for (const kind of fileKinds) console.log(`  ${kind}.${values.format}  ${counts[kind] ?? 0} rows`);
console.log('Amounts are in USD. After the import, mark the event “Signed In” as login under Settings, Features.');

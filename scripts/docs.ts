/** Writes the reference pages that are made from the code: `node scripts/docs.ts`. A test holds them up to date. */
import { writeFile } from 'node:fs/promises';
import { signalReference } from './signal-reference.ts';

await writeFile(new URL('../docs/reference/signals.md', import.meta.url), signalReference());

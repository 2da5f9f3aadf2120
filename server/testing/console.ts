import { afterEach, beforeEach } from 'vitest';

const write = console.error;
let errors: string[] = [];

beforeEach(() => {
  errors = [];
  console.error = (...parts: unknown[]) => {
    errors.push(parts.map(String).join(' '));
    write(...parts);
  };
});

/** Whatever a program complains about in a test, it must not pass unseen. */
afterEach(() => {
  console.error = write;
  if (errors.length > 0) throw new Error(`console.error was called:\n${errors.join('\n')}`);
});

import { expect, it } from 'vitest';
import { createLogger } from './log.ts';

function written(act: (log: ReturnType<typeof createLogger>) => void): string {
  let text = '';
  act(createLogger('debug', { write: (line) => (text += line) }));
  return text;
}

const email = 'jane@example.com';
const pgError = Object.assign(new Error('duplicate key'), {
  code: '23505',
  constraint: 'people_email',
  detail: `Key (email)=(${email}) already exists.`,
  parameters: [email],
});

it.each<[string, (log: ReturnType<typeof createLogger>) => void]>([
  ['a field', (log) => log.info({ email }, 'x')],
  ['a field of an object', (log) => log.info({ person: { email, id: 7 } }, 'x')],
  ['traits', (log) => log.info({ traits: { contact: email } }, 'x')],
  ['headers of a request', (log) => log.info({ req: { headers: { 'x-user': email } } }, 'x')],
  ['the detail and parameters of a database error', (log) => log.error({ err: pgError }, 'x')],
  ['the cause of an error', (log) => log.error({ err: new Error('y', { cause: pgError }) }, 'x')],
  ['a child logger', (log) => log.child({ module: 'people' }).error({ err: pgError, email }, 'x')],
])('no personal data is written: %s', (_, act) => {
  expect(written(act)).toContain('"msg":"x"');
  expect(written(act)).not.toContain('jane');
});

it('what locates a fault is kept', () => {
  expect(JSON.parse(written((log) => log.error({ err: pgError, workspaceId: 3 }, 'x')))).toMatchObject({
    level: 'error',
    workspaceId: 3,
    err: { message: 'duplicate key', code: '23505', constraint: 'people_email' },
  });
});

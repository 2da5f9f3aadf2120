import { once } from 'node:events';
import { SMTPServer } from 'smtp-server';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createMailer } from './mail.ts';

const received: { from: string; to: string[]; text: string }[] = [];
const server = new SMTPServer({
  authOptional: true,
  disabledCommands: ['STARTTLS'],
  onRcptTo: ({ address }, _, done) => done(address.startsWith('nobody@') ? new Error('no such mailbox') : null),
  onData: async (stream, session, done) => {
    const chunks: Buffer[] = [];
    for await (const chunk of stream) chunks.push(chunk);
    const { mailFrom, rcptTo } = session.envelope;
    const from = mailFrom ? mailFrom.address : '';
    received.push({ from, to: rcptTo.map(({ address }) => address), text: Buffer.concat(chunks).toString() });
    done();
  },
});
let smtpUrl: string;
beforeAll(async () => {
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  smtpUrl = `smtp://127.0.0.1:${(server.server.address() as { port: number }).port}`;
});
afterAll(() => new Promise<void>((done) => server.close(done)));

it('sends over SMTP from the set sender', async () => {
  const mailer = createMailer({ smtpUrl, from: 'Perennial <cs@example.com>' });
  await mailer.send({ to: 'jane@example.com', subject: 'Überblick', text: 'Hello Jane' });
  mailer.close();
  expect(received).toMatchObject([{ from: 'cs@example.com', to: ['jane@example.com'] }]);
  expect(received[0]?.text).toContain('Hello Jane');
  expect(received[0]?.text).toMatch(/^From: Perennial <cs@example.com>/m);
});

it('rejects when the server does not take the mail, or is not there', async () => {
  const mailer = createMailer({ smtpUrl, from: 'cs@example.com' });
  await expect(mailer.send({ to: 'nobody@example.com', subject: 's', text: 't' })).rejects.toThrow('no such mailbox');
  mailer.close();
  const nowhere = createMailer({ smtpUrl: 'smtp://127.0.0.1:1', from: 'cs@example.com' });
  await expect(nowhere.send({ to: 'jane@example.com', subject: 's', text: 't' })).rejects.toThrow('ECONNREFUSED');
  nowhere.close();
});

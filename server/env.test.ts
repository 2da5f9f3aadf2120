import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { keptSecret, readEnv, roles, settingsHelp } from './env.ts';

describe('readEnv', () => {
  it('has a default for everything', () => {
    expect(readEnv([], {})).toEqual({
      port: 4400,
      host: '127.0.0.1',
      dataDir: resolve('data'),
      databaseUrl: null,
      databasePool: 10,
      publicUrl: null,
      secret: null,
      mail: null,
      logLevel: null,
      trustProxy: 0,
      roles,
      demo: false,
      help: false,
    });
  });

  it.each([
    ['a flag wins over the environment', ['--port=5001'], { PORT: '5002' }, { port: 5001 }],
    ['an empty value is none', [], { PORT: '', DATABASE_URL: '', SMTP_URL: '' }, { port: 4400, databaseUrl: null }],
    ['roles in any order, with spaces', ['--roles=worker, web'], {}, { roles: ['worker', 'web'] }],
    [
      'the public address loses its slash',
      [],
      { PUBLIC_URL: 'https://cs.example.com/' },
      { publicUrl: 'https://cs.example.com' },
    ],
    ['a folder becomes absolute', ['--data=/srv/../srv/p'], {}, { dataDir: '/srv/p' }],
    ['demo', ['--demo'], {}, { demo: true }],
    ['mail', [], { SMTP_URL: 'smtp://h', MAIL_FROM: 'a@b.c' }, { mail: { smtpUrl: 'smtp://h', from: 'a@b.c' } }],
    [
      'a socket as database',
      [],
      { DATABASE_URL: 'postgres://u:p@/d?host=/run' },
      { databaseUrl: 'postgres://u:p@/d?host=/run' },
    ],
  ])('%s', (_, argv, environment, expected) => {
    expect(readEnv(argv, environment)).toMatchObject(expected);
  });

  it.each<[string[], Record<string, string>, string]>([
    [['--port=65536'], {}, 'PORT must be a whole number from 0 to 65535.'],
    [[], { PORT: '44e2' }, 'PORT must be a whole number'],
    [[], { PORT: '-1' }, 'PORT must be a whole number'],
    [['--roles=web,cook'], {}, 'ROLES must be some of web, ingest'],
    [['--roles='], {}, 'ROLES must be some of'],
    [['--prot=1'], {}, "Unknown option '--prot'"],
    [['stray'], {}, "Unexpected argument 'stray'"],
    [[], { DATABASE_URL: 'mysql://u:hidden@h/d' }, 'DATABASE_URL must be an address that begins with postgres://'],
    [[], { PUBLIC_URL: 'https://example.com/cs' }, 'PUBLIC_URL must not have a path'],
    [[], { PUBLIC_URL: 'example.com' }, 'PUBLIC_URL must be an address that begins with http:// or https://'],
    [[], { SECRET: 'hidden' }, 'SECRET must have at least 32 characters.'],
    [[], { SMTP_URL: 'smtp://u:hidden@h' }, 'MAIL_FROM is needed with SMTP_URL.'],
    [[], { LOG_LEVEL: 'loud' }, 'LOG_LEVEL must be one of silent, fatal'],
    [[], { TRUST_PROXY: 'true' }, 'TRUST_PROXY must be a whole number from 0 to 10.'],
  ])('%j %j is refused', (argv, environment, message) => {
    expect(() => readEnv(argv, environment)).toThrow(message);
    expect(() => readEnv(argv, environment)).not.toThrow('hidden');
  });

  it('lists all problems at once', () => {
    const wrong = () => readEnv(['--port=x', '--roles=cook'], { SECRET: 'short', LOG_LEVEL: 'loud' });
    for (const name of ['PORT', 'ROLES', 'SECRET', 'LOG_LEVEL']) expect(wrong).toThrow(`\n  - ${name} `);
  });

  it('describes every setting for --help', () => {
    expect(settingsHelp()).not.toContain('undefined');
    expect(settingsHelp().match(/^ {2}[A-Z_]+ +\S/gm)).toHaveLength(12);
  });
});

describe('keptSecret', () => {
  const folder = () => {
    const made = mkdtempSync(join(tmpdir(), 'secret-'));
    onTestFinished(() => rmSync(made, { recursive: true }));
    return made;
  };

  it('is made once, long enough, for its owner only', () => {
    const dataDir = join(folder(), 'new');
    const secret = keptSecret(dataDir);
    expect(secret.length).toBeGreaterThanOrEqual(32);
    expect(keptSecret(dataDir)).toBe(secret);
    expect(statSync(join(dataDir, 'secret')).mode & 0o777).toBe(0o600);
    expect(keptSecret(folder())).not.toBe(secret);
  });

  it('says that the folder cannot be written, and what to do', () => {
    const file = join(folder(), 'file');
    writeFileSync(file, '');
    expect(() => keptSecret(file)).toThrow(
      /data folder .*file cannot be written \(EEXIST\).* name another folder with DATA_DIR/,
    );
  });
});

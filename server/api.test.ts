/** Every endpoint of the API, on the real server: who may use it, what it refuses and how, and that its document is true. */
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, test } from 'vitest';
import { endpoints } from '#contracts/all.ts';
import type { Endpoint } from '#contracts/kit.ts';
import { type Role, roles } from '#contracts/permissions.ts';
import { testDatabase } from '#server/testing/database.ts';
import { expectDocumented } from '#server/testing/documented.ts';
import { fillPath, makeSamples, type Samples, validBody } from '#server/testing/samples.ts';
import { type TestWorkspace, testServer } from '#server/testing/server.ts';

const database = testDatabase();
const server = testServer(database);
let own: TestWorkspace;
let ownSamples: Samples;
let otherSamples: Samples;

beforeAll(async () => {
  own = await server.newWorkspace('own');
  ownSamples = await makeSamples(database.pool, own.id);
  const other = await server.newWorkspace('other');
  otherSamples = await makeSamples(database.pool, other.id);
});

const named = (list: readonly Endpoint[]) =>
  list.map((endpoint) => [`${endpoint.method} ${endpoint.path}`, endpoint] as const);
const guarded = endpoints.filter((endpoint) => endpoint.auth !== 'public');
const withId = guarded.filter((endpoint) => endpoint.path.includes('{id}'));
const withBody = endpoints.filter((endpoint) => endpoint.body);
const withQuery = endpoints.filter((endpoint) => endpoint.query);
const kindOf = (endpoint: Endpoint) => endpoint.path.split('/')[1]!;
const bodyOf = (endpoint: Endpoint) => {
  const body = endpoint.body && (validBody(endpoint.id, ownSamples) ?? {});
  return body === undefined ? {} : { body };
};

/** A role without the permission, or null when every role has it. */
function roleWithout(endpoint: Endpoint): Role | null {
  if (endpoint.auth === 'signed-in') return null;
  const names = Object.keys(roles) as Role[];
  return names.find((role) => !(roles[role].can as readonly string[]).includes(endpoint.auth)) ?? null;
}

test('every endpoint of the contract has exactly one route', () => {
  const mounted = server.app.routes.map((route) => route.endpoint);
  expect(endpoints.filter((endpoint) => !mounted.includes(endpoint)).map((endpoint) => endpoint.id)).toEqual([]);
  expect(mounted.filter((endpoint, index) => mounted.indexOf(endpoint) !== index)).toEqual([]);
  expect(mounted.filter((endpoint) => !endpoints.includes(endpoint))).toEqual([]);
});

test('operations and addresses are unique', () => {
  const ids = endpoints.map((endpoint) => endpoint.id);
  const addresses = endpoints.map((endpoint) => `${endpoint.method} ${endpoint.path.replace(/\{\w+\}/g, '{}')}`);
  expect(new Set(ids).size).toBe(ids.length);
  expect(new Set(addresses).size).toBe(addresses.length);
});

describe('without a session', () => {
  test.each(named(guarded))('%s → 401', async (_, endpoint) => {
    const answer = await server.nobody(endpoint.method, fillPath(endpoint.path, 1), bodyOf(endpoint));
    expect(answer.status).toBe(401);
    await expectDocumented(endpoint, answer);
  });

  test.each([
    ['a made-up key', { authorization: 'Bearer pk_0000000000000000000000000000000000000000000' }],
    ['a made-up session', { cookie: 'perennial.session_token=abc.def' }],
    ['another scheme', { authorization: 'Basic YTpi' }],
    ['nonsense', { authorization: 'Bearer', cookie: '====;;;perennial.session_token=%%%' }],
  ])('%s opens nothing', async (_, headers) => {
    expect((await server.nobody('GET', '/accounts', { headers: headers as Record<string, string> })).status).toBe(401);
  });
});

describe('with too small a role', () => {
  test.each(named(guarded.filter(roleWithout)))('%s → 403', async (_, endpoint) => {
    const answer = await own.as[roleWithout(endpoint)!](endpoint.method, fillPath(endpoint.path, 1), bodyOf(endpoint));
    expect(answer.status).toBe(403);
    await expectDocumented(endpoint, answer);
  });
});

describe('what is of another workspace', () => {
  test.each(named(withId))('%s → 404', async (_, endpoint) => {
    const id = otherSamples.ids[kindOf(endpoint)];
    expect(id, `no sample of ${kindOf(endpoint)}`).toBeGreaterThan(0);
    const answer = await own.as.admin(endpoint.method, fillPath(endpoint.path, id!), bodyOf(endpoint));
    expect([answer.status, answer.status === 404 ? '' : await answer.clone().text()]).toEqual([404, '']);
    await expectDocumented(endpoint, answer);
  });
});

describe('what does not exist', () => {
  test.each(named(withId))('%s → 404', async (_, endpoint) => {
    const answer = await own.as.admin(endpoint.method, fillPath(endpoint.path, 2_000_000_000), bodyOf(endpoint));
    expect([answer.status, answer.status === 404 ? '' : await answer.clone().text()]).toEqual([404, '']);
    await expectDocumented(endpoint, answer);
  });
});

describe('malformed', () => {
  const faults = async (answer: Response) => {
    const { errors = [] } = (await answer.json()) as { errors?: { path: string }[] };
    return { status: answer.status, paths: [...new Set(errors.map((fault) => fault.path))] };
  };
  test.each(named(withId))('%s with a word for an id → 400 at id', async (_, endpoint) => {
    for (const id of ['abc', '0', '-1', '1.5', '1e300', '9007199254740993', 'NaN', '%00', '%F0%9F%98%80']) {
      const answer = await own.as.admin(endpoint.method, fillPath(endpoint.path, id), bodyOf(endpoint));
      expect(await faults(answer)).toEqual({ status: 400, paths: ['id'] });
    }
  });

  test.each(named(withQuery))('%s with NUL in the query → 400 at the parameter', async (_, endpoint) => {
    const path = fillPath(endpoint.path, ownSamples.ids[kindOf(endpoint)] ?? 1);
    for (const name of Object.keys(endpoint.query!.shape)) {
      const answer = await own.as.admin(endpoint.method, `${path}?${name}=a%00b`, bodyOf(endpoint));
      expect(await faults(answer)).toEqual({ status: 400, paths: [name] });
    }
  });

  test.each(named(withBody))('%s with a field too many → 400 at the field', async (_, endpoint) => {
    const body = { ...(validBody(endpoint.id, ownSamples) as object | undefined), surplus: 1 };
    const path = fillPath(endpoint.path, ownSamples.ids[kindOf(endpoint)] ?? 1);
    const { status, paths } = await faults(await own.as.admin(endpoint.method, path, { body }));
    expect(status).toBe(400);
    expect(paths).toContain('surplus');
  });

  test.each(named(withBody))(
    '%s with something else than an object → 400, other content → 415',
    async (_, endpoint) => {
      const path = fillPath(endpoint.path, ownSamples.ids[kindOf(endpoint)] ?? 1);
      const send = (body: unknown, headers = {}) => own.as.admin(endpoint.method, path, { body, headers });
      for (const body of ['', '{', 'null', '[]', '1', '"text"']) expect((await send(body)).status, body).toBe(400);
      expect((await send('<a/>', { 'content-type': 'text/xml' })).status).toBe(415);
    },
  );

  const numbered = guarded.filter((endpoint) => endpoint.query && 'limit' in endpoint.query.shape);
  test.each(named(numbered))('%s with a wrong limit → 400 at limit', async (_, endpoint) => {
    const path = fillPath(endpoint.path, ownSamples.ids[kindOf(endpoint)] ?? 1);
    for (const limit of ['0', '-1', 'all', '99999', '1.5']) {
      const { status, paths } = await faults(await own.as.admin('GET', `${path}?limit=${limit}&q=a`));
      expect([status, ...paths]).toEqual([400, 'limit']);
    }
  });

  const paged = guarded.filter((endpoint) => endpoint.query && 'cursor' in endpoint.query.shape);
  test.each(named(paged))('%s with a cursor it did not give → 400 at cursor', async (_, endpoint) => {
    const path = fillPath(endpoint.path, ownSamples.ids[kindOf(endpoint)] ?? 1);
    for (const cursor of ['x', 'bm9uc2Vuc2U', '%00', 'W10', 'eyJ2IjpbXX0', 'bnVsbA']) {
      const { status, paths } = await faults(await own.as.admin('GET', `${path}?cursor=${cursor}`));
      expect([cursor, status, ...paths]).toEqual([cursor, 400, 'cursor']);
    }
  });
});

describe('too large', () => {
  const huge = JSON.stringify({ surplus: 'x'.repeat(2_100_000) });
  test.each(named(withBody))('%s → 413', async (_, endpoint) => {
    const path = fillPath(endpoint.path, ownSamples.ids[kindOf(endpoint)] ?? 1);
    const answer = await own.as.admin(endpoint.method, path, { body: huge });
    expect(answer.status).toBe(413);
    await expectDocumented(endpoint, answer);
  });
});

test('a known address under another method → 405 with what it takes; an unknown one → 404', async () => {
  // A fixed word can also be read as the parameter of another address, which may take the method.
  const fits = (path: string) => (endpoint: Endpoint) =>
    new RegExp(`^${endpoint.path.replaceAll('.', '\\.').replaceAll(/\{\w+\}/g, '[^/]+')}$`).test(path);
  for (const path of new Set(endpoints.map((endpoint) => fillPath(endpoint.path, 'x')))) {
    const taken = endpoints.filter(fits(path)).map((endpoint) => endpoint.method as string);
    const wrong = ['PUT', 'DELETE', 'PATCH', 'POST', 'OPTIONS'].find((method) => !taken.includes(method))!;
    const answer = await own.as.admin(wrong, path);
    expect([wrong, path, answer.status]).toEqual([wrong, path, 405]);
    expect(taken.join()).toContain(answer.headers.get('allow')?.split(',')[0]);
  }
  const unknown = await own.as.admin('GET', '/nothing/here');
  expect([unknown.status, unknown.headers.get('content-type')]).toEqual([404, 'application/problem+json']);
});

describe('the document is true', () => {
  // Those that end things go last.
  const order = (endpoint: Endpoint) => ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'].indexOf(endpoint.method);
  const calls = guarded
    .filter((endpoint) => !endpoint.consumes && endpoint.produces !== 'text/event-stream')
    .sort((a, b) => order(a) - order(b));

  test.each(named(calls))('%s', async (_, endpoint) => {
    const path = fillPath(endpoint.path, ownSamples.ids[kindOf(endpoint)] ?? 1);
    const query = endpoint.id === 'search' ? '?q=acme' : '';
    const answer = await own.as.admin(endpoint.method, `${path}${query}`, bodyOf(endpoint));
    if (endpoint.method === 'GET')
      expect([answer.status, answer.ok ? '' : await answer.clone().text()]).toEqual([200, '']);
    else
      expect([answer.status, answer.ok ? '' : await answer.clone().text()]).toEqual([
        expected(endpoint),
        expect.any(String),
      ]);
    await expectDocumented(endpoint, answer);
  });

  /** Of a write: success, or the refusal that is right for the samples. */
  function expected(endpoint: Endpoint): number {
    const refusals: Record<string, number> = {
      // There was no bulk change; the import waits for a worker; the only scorecard in use stays; the password is not known.
      undoBulkUpdate: 404,
      startImport: 409,
      archiveScorecard: 409,
      changePassword: 400,
    };
    return refusals[endpoint.id] ?? (endpoint.response ? (endpoint.status ?? 200) : 204);
  }

  const streams = guarded.filter((endpoint) => endpoint.produces === 'text/event-stream');
  test.each(named(streams))('%s streams, unpacked', async (_, endpoint) => {
    const answer = await own.as.viewer('GET', endpoint.path, { headers: { 'accept-encoding': 'gzip, br' } });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toMatch(/^text\/event-stream/);
    expect(answer.headers.get('content-encoding')).toBeNull();
    await answer.body?.cancel();
  });

  test('a public linter finds no error in it', async () => {
    const document = await (await fetch(`${server.origin}/api/v1/openapi.json`)).text();
    const folder = await mkdtemp(join(tmpdir(), 'openapi-'));
    const path = join(folder, 'openapi.json');
    await writeFile(path, document);
    const redocly = join(import.meta.dirname, '../node_modules/.bin/redocly');
    const env = { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' };
    const { stdout } = await promisify(execFile)(redocly, ['lint', path, '--format=json'], { env });
    expect(JSON.parse(stdout).totals.errors).toBe(0);
    await rm(folder, { recursive: true });
  });

  test('it can be read as a page, which holds every operation and object', async () => {
    const page = await (await fetch(`${server.origin}/docs/api`)).text();
    for (const endpoint of endpoints) expect(page).toContain(`id="${endpoint.id}"`);
    expect(page).not.toMatch(/<script|undefined|\[object/);
    for (const [, target] of page.matchAll(/href="#([^"]+)"/g)) expect(page).toContain(`id="${target}"`);
  });
});

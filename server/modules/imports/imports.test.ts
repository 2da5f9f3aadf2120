import { setTimeout as delay } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { beforeEach, describe, expect, test } from 'vitest';
import * as contract from '#contracts/intake.ts';
import { createLogger } from '#server/platform/log/log.ts';
import { createApi, refusalOf } from '#server/testing/api.ts';
import { testDatabase } from '#server/testing/database.ts';
import { createWorkspace, inside, keyActor } from '#server/testing/factories.ts';
import { importRoutes, importWorker, runImport } from './index.ts';
import { countsOf, createImporter, type MappingWish, toMapping } from './testing.ts';

const database = testDatabase();
let workspaceId: number;
let importer: ReturnType<typeof createImporter>;
beforeEach(async () => {
  workspaceId = await createWorkspace(database.pool);
  importer = createImporter(database.pool, workspaceId);
});
const select = (text: string) =>
  inside(database.pool, workspaceId, (tx) => tx.many<Record<string, unknown>>({ text, values: [] }));

const tickets: MappingWish = {
  kind: 'tickets',
  createAccounts: true,
  fields: { account: 'org', id: 'nr', openedAt: 'when', severity: 'prio' },
};
const csv = 'org,nr,when,prio\nacme,1,2025-01-01,high\nacme,2,2025-01-02,low\nglobex,3,2025-13-01,low\n';

describe('what a file is', () => {
  test.each([
    ['comma', 'account_id,name\n1,One\n'],
    ['semicolon', 'account_id;name\n1;One\n'],
    ['tab', 'account_id\tname\n1\tOne\n'],
    ['a byte order mark', '\ufeffaccount_id,name\n1,One\n'],
    ['UTF-16', Buffer.from('\ufeffaccount_id,name\n1,One\n', 'utf16le')],
    ['gzip', gzipSync('account_id,name\n1,One\n')],
    ['old Mac line ends', 'account_id,name\r1,One\r'],
    ['NDJSON', '{"account_id":"1","name":"One"}\n'],
  ])('%s', async (_name, content) => {
    const job = await importer.upload(content);
    expect(job.columns).toEqual([
      { name: 'account_id', samples: ['1'], guess: 'account' },
      { name: 'name', samples: ['One'], guess: 'name' },
    ]);
    expect([job.guessedKind, job.linesTotal]).toEqual(['accounts', 1]);
  });

  test.each([
    ['nothing', '', 'the file is empty'],
    ['blanks', ' \n \n', 'holds no data'],
    ['Excel', Buffer.from('PK\u0003\u0004rest'), 'Excel file'],
    ['a JSON list', '[{"a":1}]', 'one JSON list'],
    ['bytes', Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0, 0, 0]), 'no text file'],
    ['damaged gzip', gzipSync('a,b\n1,2\n'.repeat(100)).subarray(0, 20), 'gzip data is damaged'],
  ])('%s is refused', async (_name, content, reason) => {
    await expect(importer.upload(content)).rejects.toThrow(reason);
  });

  test('a file without a header has numbered columns, and its first line counts', async () => {
    const job = await importer.importFile('0,search\n1,export\n', {
      kind: 'features',
      fields: { key: 'column 2', area: { constant: 'core' } },
    });
    expect(countsOf(job)).toMatchObject({ lines: 2, stored: 2 });
  });

  test('umlauts of a Windows spreadsheet are read', async () => {
    const bytes = Buffer.from('account_id,name\n1,M\u00fcller\n', 'latin1');
    expect((await importer.upload(bytes)).columns![1]!.samples).toEqual(['Müller']);
  });
});

test.each([
  [
    'subscriptions',
    'account_id,product,start_date,end_date,mrr,quantity,units\n1,p,2025-01-01,2025-02-01,10,1,users\n',
  ],
  ['daily_usage', 'account_id,date,active_users,search,edit,quote\n1,2025-01-01,5,1,2,3\n'],
  ['events', 'user_id,company_id,event,timestamp\nu1,c1,Opened,2025-01-01T10:00:00Z\n'],
  ['tickets', 'ticket_id,account_id,submitted_at,closed_at,priority\nt,a,2025-01-01,,high\n'],
  ['contacts', 'email,first_seen,job_title,contact_name\njo@x.example,2025-01-01,CEO,Jo\n'],
  ['invoices', 'invoice_number,customer_id,invoice_date,due_date,total,currency\n1,c,2025-01-01,2025-02-01,5,EUR\n'],
])('the columns of %s are recognised', async (kind, content) => {
  expect((await importer.upload(content)).guessedKind).toBe(kind);
});

describe('a run', () => {
  test('accounts for every line, and again changes nothing', async () => {
    const first = await importer.importFile(csv, tickets);
    expect(first.status).toBe('done');
    expect(countsOf(first)).toEqual({ lines: 3, stored: 2, updated: 0, duplicates: 0, unmatched: 0, rejected: 1 });
    expect(first.problems).toEqual([
      { line: 4, column: 'when', message: expect.stringContaining('openedAt is not a date of the calendar') },
    ]);
    const again = await importer.importFile(csv, tickets);
    expect(countsOf(again)).toEqual({ lines: 3, stored: 0, updated: 0, duplicates: 2, unmatched: 0, rejected: 1 });
    expect(again.sameFileAs).toBe(first.id);
    expect(await select('select count(*) as n from tickets')).toEqual([{ n: 2 }]);
  });

  test('a file with the columns of an earlier one is mapped as that was; its dates moved only when it is the very same', async () => {
    await importer.importFile(csv, { ...tickets, source: 'desk', shiftDays: 3 });
    const fields = { account: { column: 'org' }, openedAt: { column: 'when' } };
    expect((await importer.upload(csv)).mapping).toMatchObject({ source: 'desk', fields, shiftDays: 3 });
    const another = (await importer.upload(csv.replaceAll('2025', '2024'))).mapping;
    expect(another).toMatchObject({ source: 'desk', fields });
    expect(another).not.toHaveProperty('shiftDays');
  });

  test('days and times move together where that is asked for', async () => {
    await importer.importFile(csv, { ...tickets, shiftDays: 365 });
    expect(await select(`select opened_at::date::text as day from tickets order by 1`)).toEqual([
      { day: '2026-01-01' },
      { day: '2026-01-02' },
    ]);
  });

  test('a dry run says the same and stores nothing', async () => {
    const checked = await importer.importFile(csv, tickets, 'check');
    expect(checked.status).toBe('checked');
    expect(countsOf(checked)).toEqual({ lines: 3, stored: 2, updated: 0, duplicates: 0, unmatched: 0, rejected: 1 });
    for (const table of [
      'tickets',
      'accounts',
      'import_rejects',
      'dirty_accounts',
      'unmatched_facts',
      'data_findings',
    ]) {
      expect(await select(`select * from ${table}`), table).toEqual([]);
    }
  });

  test('what finds no account waits and is counted as unmatched', async () => {
    const job = await importer.importFile(csv, { ...tickets, createAccounts: false });
    expect(countsOf(job)).toMatchObject({ lines: 3, unmatched: 2, rejected: 1 });
  });

  test('rejected lines come back as a file that can be corrected, with formulas disarmed', async () => {
    const text =
      'org,nr,when,prio\n"=cmd|x",1,never,low\nacme,"2\n2",soon,low\nacme,3,"x"y,low\nacme,4,2025-01-01,low,extra\n';
    const job = await importer.importFile(text, tickets);
    expect(countsOf(job)).toMatchObject({ lines: 4, rejected: 4 });
    const response = await importer.fetch(`http://localhost/api/v1/imports/${job.id}/rejected.csv`);
    const lines = (await response.text()).split('\r\n');
    expect(lines[0]).toBe('org,nr,when,prio,line,reason');
    expect(lines[1]).toContain(`'=cmd|x,1,never,low,2,`);
    expect(lines[2]).toContain('acme,"2\n2",soon,low,3,');
    expect(lines[3]).toContain('"acme,3,""x""y,low",,,,5,a quotation mark ends before the cell does');
    expect(lines[4]).toContain('acme,4,2025-01-01,low,6,"has 5 cells, and the file 4 columns"');
  });

  test('they come back corrected with every other value as it was', async () => {
    const mapping: MappingWish = { ...tickets, fields: { ...tickets.fields, subject: 'about', sentiment: 'mood' } };
    const rejectsOf = async ({ id }: { id: number }) =>
      (await importer.fetch(`http://localhost/api/v1/imports/${id}/rejected.csv`)).text();
    const subjects = ['=SUM(A1)', "'=SUM(A1)", "'quoted", '-', 'plain'];
    const rows = subjects.map((subject, i) => `acme,${i},never,low,${subject},-0.5\n`);
    const first = await importer.importFile(`org,nr,when,prio,about,mood\n${rows.join('')}`, mapping);
    const again = await importer.importFile((await rejectsOf(first)).replaceAll('never', 'soon'), mapping);
    expect([countsOf(first), countsOf(again)]).toMatchObject([{ rejected: 5 }, { rejected: 5 }]);
    const twice = await rejectsOf(again);
    expect(twice.split('\r\n')[0]).toBe('org,nr,when,prio,about,mood,line,reason');
    const corrected = await importer.importFile(twice.replaceAll(',soon,', ',2025-01-01,'), mapping);
    expect(countsOf(corrected)).toMatchObject({ lines: 5, stored: 5 });
    expect(await select('select subject, sentiment from tickets order by external_id')).toEqual(
      subjects.map((subject) => ({ subject, sentiment: -0.5 })),
    );
  });

  test('NDJSON with nested values, and lines that are none', async () => {
    const text = '{"id":"a","traits":{"size":5,"deep":{"x":1}}}\nnot json\n[1]\n\n{"id":"b","traits":null}\n';
    const job = await importer.importFile(text, { kind: 'accounts', fields: { account: 'id', attributes: 'traits' } });
    expect(countsOf(job)).toMatchObject({ lines: 4, stored: 2, rejected: 2 });
    expect(job.problems.map((p) => p.line)).toEqual([2, 3]);
    expect(await select('select attributes from accounts order by id')).toEqual([
      { attributes: { size: 5, deep: '{"x":1}' } },
      { attributes: {} },
    ]);
  });

  test('a wide file of counts: columns are events, zeros are no rows, users belong to the day', async () => {
    const text = 'a,d,users,search,edit\n1,2025-01-01,5,3,0\n1,2025-01-02,0,0,0\n1,2025-01-03,2,x,1\n';
    const wide: MappingWish = {
      kind: 'daily_usage',
      createAccounts: true,
      fields: { account: 'a', day: 'd', users: 'users' },
      eventColumns: ['search', 'edit'],
    };
    expect(countsOf(await importer.importFile(text, wide))).toMatchObject({ lines: 3, stored: 2, rejected: 1 });
    expect(await select('select day, events, users from usage_days order by day')).toEqual([
      { day: '2025-01-01', events: 3, users: 5 },
      { day: '2025-01-02', events: 0, users: 0 },
    ]);
    expect(countsOf(await importer.importFile(text, wide))).toMatchObject({ duplicates: 2, rejected: 1 });
    const changed = text.replace('5,3,0', '5,3,4');
    expect(countsOf(await importer.importFile(changed, wide))).toMatchObject({ updated: 1, duplicates: 1 });
    expect((await select('select events from usage_days order by day'))[0]).toEqual({ events: 7 });
  });

  test('further columns become attributes with their types', async () => {
    await importer.importFile('id,zip,size,trial,note\n1,00123,12.5,True,\n', {
      kind: 'accounts',
      fields: { account: 'id' },
      attributeColumns: ['zip', 'size', 'trial', 'note'],
    });
    expect((await select('select attributes from accounts'))[0]!.attributes).toEqual({
      zip: '00123',
      size: 12.5,
      trial: true,
      note: null,
    });
  });

  test('goes on after it was stopped, and no line counts twice', async () => {
    const text = `org,nr,when,prio\n${Array.from({ length: 3500 }, (_, i) => `acme,${i},2025-01-01,low`).join('\n')}\n`;
    const { id } = await importer.upload(text);
    await importer.ask(contract.startImport, { params: { id }, body: { mapping: toMapping(tickets) } });
    const stop = new AbortController();
    const running = importer.run(id, stop.signal, { linesAtOnce: 50 });
    while ((await importer.ask(contract.getImport, { params: { id } })).linesDone === 0) await delay(5);
    stop.abort();
    const half = await running;
    expect(half.status).toBe('running');
    expect(half.linesDone).toBeLessThan(3500);
    const done = await importer.run(id);
    expect(countsOf(done)).toEqual({ lines: 3500, stored: 3500, updated: 0, duplicates: 0, unmatched: 0, rejected: 0 });
  });

  test('is cancelled between two batches; what was stored stays', async () => {
    const text = `org,nr,when,prio\n${Array.from({ length: 3500 }, (_, i) => `acme,${i},2025-01-01,low`).join('\n')}\n`;
    const { id } = await importer.upload(text);
    await importer.ask(contract.startImport, { params: { id }, body: { mapping: toMapping(tickets) } });
    const running = importer.run(id, undefined, { linesAtOnce: 50 });
    while ((await importer.ask(contract.getImport, { params: { id } })).linesDone === 0) await delay(5);
    await importer.ask(contract.cancelImport, { params: { id } });
    const cancelled = await running;
    expect(cancelled.status).toBe('cancelled');
    expect(await select('select count(*) as n from tickets')).toEqual([{ n: cancelled.stored }]);
    expect(countsOf(await importer.importFile(text, tickets))).toMatchObject({
      stored: 3500 - cancelled.stored,
      duplicates: cancelled.stored,
    });
  });

  test('a file that is no longer kept fails with what to do', async () => {
    const { id } = await importer.upload(csv);
    await importer.ask(contract.startImport, { params: { id }, body: { mapping: toMapping(tickets) } });
    const run = { pool: database.pool, workspaceId, importId: id, uploads: '/nowhere', worker: null, leaseSeconds: 1 };
    await runImport(run, new AbortController().signal);
    const job = await importer.ask(contract.getImport, { params: { id } });
    expect([job.status, job.error]).toEqual(['failed', 'The file is no longer kept. Upload it again.']);
  });
});

describe('the worker', () => {
  test('takes imports of all workspaces in turn, and takes on one whose worker has died', async () => {
    const other = createImporter(database.pool, await createWorkspace(database.pool));
    const jobs = [];
    for (const own of [importer, other]) {
      const { id } = await own.upload(csv);
      await own.ask(contract.startImport, { params: { id }, body: { mapping: toMapping(tickets) } });
      jobs.push({ own, id });
    }
    // As kill -9 leaves it: taken, with a lease that has run out.
    await database.pool.query(
      `update import_queue set worker = 'dead', attempts = 1, lease_until = now() - interval '1 s'`,
    );
    const stop = new AbortController();
    const log = createLogger('silent');
    const workers = [importer, other].map((own) =>
      importWorker({ pool: database.pool, log, uploads: own.uploads }, stop.signal),
    );
    // The two test folders are not shared: each file is found by one of the workers only.
    for (const { own, id } of jobs) {
      for (;;) {
        const { status } = await own.ask(contract.getImport, { params: { id } });
        if (status === 'done') break;
        if (status === 'failed')
          await own.ask(contract.startImport, { params: { id }, body: { mapping: toMapping(tickets) } });
        await delay(20);
      }
    }
    stop.abort();
    await Promise.all(workers);
    expect((await database.pool.query('select * from import_queue')).rows).toEqual([]);
  });

  test('a worker that lost its lease stores nothing more', async () => {
    const { id } = await importer.upload(csv);
    await importer.ask(contract.startImport, { params: { id }, body: { mapping: toMapping(tickets) } });
    await database.pool.query(`update import_queue set worker = 'other', lease_until = now() + interval '1 min'`);
    const run = { pool: database.pool, workspaceId, importId: id, uploads: importer.uploads, leaseSeconds: 15 };
    await runImport({ ...run, worker: 'late' }, new AbortController().signal);
    const job = await importer.ask(contract.getImport, { params: { id } });
    expect([job.status, job.linesDone]).toEqual(['running', 0]);
    expect(await select('select * from tickets')).toEqual([]);
  });
});

describe('mappings', () => {
  test.each([
    ['an unknown kind', { kind: 'dreams', fields: {} }, 'mapping.kind'],
    ['an unknown field', { ...tickets, fields: { ...tickets.fields, colour: 'prio' } }, 'mapping.fields.colour'],
    ['an unknown column', { ...tickets, fields: { ...tickets.fields, subject: 'topic' } }, 'mapping.fields.subject'],
    ['a missing required field', { kind: 'tickets', fields: { account: 'org' } }, 'mapping.fields.openedAt'],
    ['an unknown zone', { ...tickets, timeZone: 'Mars/Base' }, 'mapping.timeZone'],
    ['event columns of tickets', { ...tickets, eventColumns: ['prio'] }, 'mapping.eventColumns'],
  ] as [string, MappingWish, string][])('%s is refused by name', async (_name, mapping, path) => {
    const problem = await refusalOf(importer.importFile(csv, mapping));
    expect(problem.status).toBe(400);
    expect(problem.errors?.map((e) => e.path)).toContain(path);
  });

  test('are saved, replaced and removed', async () => {
    const mapping = toMapping(tickets);
    await importer.ask(contract.saveMapping, { body: { name: 'Zendesk', mapping } });
    const saved = await importer.ask(contract.saveMapping, {
      body: { name: 'Zendesk', mapping: { ...mapping, source: 'z' } },
    });
    const { items } = await importer.ask(contract.listMappings, {});
    expect(items).toEqual([{ id: saved.id, name: 'Zendesk', kind: 'tickets', mapping: { ...mapping, source: 'z' } }]);
    await importer.ask(contract.deleteMapping, { params: { id: saved.id } });
    expect((await refusalOf(importer.ask(contract.deleteMapping, { params: { id: saved.id } }))).status).toBe(404);
  });

  test('an import that runs cannot be started again; one of another workspace is not there', async () => {
    const { id } = await importer.upload(csv);
    const body = { mapping: toMapping(tickets) };
    await importer.ask(contract.startImport, { params: { id }, body });
    expect((await refusalOf(importer.ask(contract.startImport, { params: { id }, body }))).status).toBe(409);
    const stranger = await createWorkspace(database.pool);
    const theirs = createApi(database.pool, importRoutes(importer.uploads), keyActor(stranger));
    for (const asked of [
      () => theirs(contract.getImport, { params: { id } }),
      () => theirs(contract.startImport, { params: { id }, body }),
      () => theirs(contract.cancelImport, { params: { id } }),
      () => theirs(contract.downloadRejects, { params: { id } }),
    ]) {
      expect((await refusalOf(asked())).status).toBe(404);
    }
  });
});

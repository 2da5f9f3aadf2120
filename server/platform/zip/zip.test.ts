import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openZip } from './read.ts';
import { createZip } from './write.ts';

/** Of Info-ZIP's zip 3.0, `zip -fz -X`: a folder, a stored, a deflated and an empty file, all in the long form (zip64). */
const foreign = Buffer.from(
  'UEsDBC0AAAAAABQldl0AAAAA//////////8CABQAZC8BABAAAAAAAAAAAAAAAAAAAAAAAFBLAwQtAAAAAAAUJXZdke7Tif//////////DAAUAGQv' +
    'c3RvcmVkLnR4dAEAEAAMAAAAAAAAAAwAAAAAAAAAc3RvcmVkIHRleHQKUEsDBC0AAAAIABQldl3ZEh+9//////////8LABQAZ3LDtsOfZS50eHQB' +
    'ABAAtAAAAAAAAAAZAAAAAAAAACvJSFUoTsxNVcjJzEtVSExPzMzjKhnkYgBQSwMELQAAAAAAFCV2XQAAAAD//////////wkAFABlbXB0eS50eHQB' +
    'ABAAAAAAAAAAAAAAAAAAAAAAAFBLAQIeAwoAAAAAABQldl0AAAAAAAAAAP////8CAAwAAAAAAAAAEADtQQAAAABkLwEACAAAAAAAAAAAAFBLAQIe' +
    'Ay0AAAAAABQldl2R7tOJDAAAAP////8MAAwAAAAAAAEAAACkgTQAAABkL3N0b3JlZC50eHQBAAgADAAAAAAAAABQSwECHgMtAAAACAAUJXZd2RIf' +
    'vRkAAAD/////CwAMAAAAAAABAAAApIF+AAAAZ3LDtsOfZS50eHQBAAgAtAAAAAAAAABQSwECHgMtAAAAAAAUJXZdAAAAAAAAAAD/////CQAMAAAA' +
    'AAAAAAAApIHUAAAAZW1wdHkudHh0AQAIAAAAAAAAAAAAUEsGBiwAAAAAAAAAHgMtAAAAAAAAAAAABAAAAAAAAAAEAAAAAAAAAAoBAAAAAAAADwEA' +
    'AAAAAABQSwYHAAAAABkCAAAAAAAAAQAAAFBLBQYAAAAABAAEAAoBAAD/////AAA=',
  'base64',
);
const foreignFiles = {
  'd/stored.txt': 'stored text\n',
  'größe.txt': 'the same line again\n'.repeat(9),
  'empty.txt': '',
};

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'zip-'));
});
afterAll(() => rm(folder, { recursive: true }));

type Files = Readonly<Record<string, string>>;

async function* halves(content: Buffer): AsyncGenerator<Buffer> {
  const middle = Math.floor(content.length / 2);
  yield content.subarray(0, middle);
  yield content.subarray(middle);
}

async function zipOf(files: Files, options = {}): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  const zip = createZip(async (chunk) => void chunks.push(chunk), new Date('2026-03-04T05:06:08Z'), options);
  for (const [name, text] of Object.entries(files)) await zip.add(name, halves(Buffer.from(text)));
  await zip.close();
  return Buffer.concat(chunks);
}

async function read(bytes: Buffer): Promise<Files> {
  const path = join(folder, 'a.zip');
  await writeFile(path, bytes);
  const zip = await openZip(path);
  try {
    const files: Record<string, string> = {};
    for (const [name, entry] of zip.entries)
      files[name] = Buffer.concat(await Array.fromAsync(entry.read())).toString();
    return files;
  } finally {
    await zip.close();
  }
}

describe('a zip file', () => {
  it('of another program is read', async () => {
    expect(await read(foreign)).toEqual(foreignFiles);
  });

  it.each([
    ['in the short form', {}],
    ['in the long form, which files of more than 4 GiB need', { zip64From: 20 }],
  ])('has what was put into it, %s', async (_, options) => {
    const files = fc.dictionary(
      fc.stringMatching(/^[a-zé]{1,12}$/),
      fc.string({ unit: fc.constantFrom('a', 'é', '𝄞', '\n'), maxLength: 300 }),
      { maxKeys: 5 },
    );
    await fc.assert(
      fc.asyncProperty(files, async (some) => {
        const wanted = { ...some, 'last.txt': 'x'.repeat(100_000) };
        expect({ ...(await read(await zipOf(wanted, options))) }).toEqual(wanted);
      }),
      { numRuns: 30 },
    );
  });
});

describe('is refused', () => {
  const whole = zipOf({ 'a.txt': 'one two three '.repeat(5000), 'b.txt': 'b' });
  const changed = async (at: number) => {
    const bytes = Buffer.from(await whole);
    bytes[at]! ^= 0x55;
    return bytes;
  };
  it.each([
    ['text', async () => Buffer.from('name,plan\nAcme,pro\n'.repeat(9)), 'not a zip file'],
    ['nothing', async () => Buffer.alloc(0), 'not a zip file'],
    ['a file without its end', async () => (await whole).subarray(0, -30), 'was it downloaded completely?'],
    ['a file without its beginning', async () => (await whole).subarray(40), 'damaged'],
    ['a changed byte in the content', () => changed(60), 'a.txt is damaged'],
    ['a changed head', () => changed(1), 'a.txt is damaged'],
  ])('%s', async (_, make, message) => {
    await expect(read(await make())).rejects.toThrow(message);
  });

  it('a file that unpacks to more than its list says', async () => {
    const bytes = Buffer.from(await whole);
    const listed = bytes.lastIndexOf(Buffer.from('a.txt')) - 46 + 24;
    bytes.writeUInt32LE(100, listed);
    await expect(read(bytes)).rejects.toThrow('a.txt is damaged');
  });
});

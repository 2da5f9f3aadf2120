import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { splitLinks } from './links.ts';

const linksOf = (text: string) => splitLinks(text).flatMap(({ text: shown, href }) => (href === null ? [] : [shown]));

describe('links in a note', () => {
  test.each<[string, string, string[]]>([
    ['none', 'Called Ann.', []],
    ['one in a sentence', 'See https://a.example/x?y=1#z.', ['https://a.example/x?y=1#z']],
    ['in brackets', 'Plan (https://a.example/b), agreed', ['https://a.example/b']],
    ['its own brackets stay', 'https://a.example/b_(c)', ['https://a.example/b_(c)']],
    ['two', 'http://a.example\nhttps://b.example/', ['http://a.example', 'https://b.example/']],
    ['in capitals', 'HTTPS://A.EXAMPLE/x', ['HTTPS://A.EXAMPLE/x']],
    ['no script', 'javascript:alert(1) data:text/html,x', []],
    ['no address inside a word that is none', 'https://', []],
    ['none that pretends to be another host', 'https://bank.example@evil.example/', []],
    ['markup is text', '<a href="https://a.example/">x</a>', ['https://a.example/']],
  ])('%s', (_name, text, links) => expect(linksOf(text)).toEqual(links));

  test('nothing of a text is lost, and every link is http or https', () => {
    const words = fc.constantFrom(
      'https://a.example/',
      'http://',
      ' ',
      '(',
      ')',
      '.',
      'x',
      '\n',
      '"',
      'javascript:',
      '@',
      'é',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(words).map((all) => all.join('')),
        ),
        (text) => {
          const stretches = splitLinks(text);
          expect(stretches.map((one) => one.text).join('')).toBe(text);
          for (const { href } of stretches) if (href !== null) expect(new URL(href).protocol).toMatch(/^https?:$/);
        },
      ),
    );
  });
});

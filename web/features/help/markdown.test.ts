import { describe, expect, it } from 'vitest';
import { type Block, type Inline, pageOfLink, readBlocks, readInline } from './markdown.ts';

describe('blocks', () => {
  it.each([
    ['a heading', '## Live', [{ kind: 'heading', level: 2, text: 'Live' }]],
    ['wrapped lines', 'one\ntwo\n\nthree', [p('one two'), p('three')]],
    ['code keeps its lines', '```sh\na\n\n# b\n```\nafter', [{ kind: 'code', text: 'a\n\n# b' }, p('after')]],
    ['a list with a wrapped item', '- one\n  more\n- two', [list(false, 'one more', 'two')]],
    ['an ordered list after text', 'Do:\n1. one\n2. two', [p('Do:'), list(true, 'one', 'two')]],
    [
      'a table with a bar in code',
      '| A | B |\n|---|:--|\n| `x|y` | |\n| 1 | 2 |',
      [
        {
          kind: 'table',
          head: ['A', 'B'],
          rows: [
            ['`x|y`', ''],
            ['1', '2'],
          ],
        },
      ],
    ],
    ['nothing', '\n\n', []],
  ] as [string, string, Block[]][])('%s', (_name, markdown, blocks) => expect(readBlocks(markdown)).toEqual(blocks));
});

it.each([
  ['plain', 'plain', [{ kind: 'text', text: 'plain' }]],
  [
    'all kinds',
    'a `b*c*` **d** *e* [f](g.md).',
    [
      { kind: 'text', text: 'a ' },
      { kind: 'code', text: 'b*c*' },
      { kind: 'text', text: ' ' },
      { kind: 'strong', text: 'd' },
      { kind: 'text', text: ' ' },
      { kind: 'emphasis', text: 'e' },
      { kind: 'text', text: ' ' },
      { kind: 'link', text: 'f', to: 'g.md' },
      { kind: 'text', text: '.' },
    ],
  ],
  ['a product is no emphasis', '2 * 3 * 4', [{ kind: 'text', text: '2 * 3 * 4' }]],
] as [string, string, Inline[]][])('inside a line: %s', (_name, text, parts) =>
  expect(readInline(text)).toEqual(parts),
);

it.each([
  ['README', 'concepts/risk.md', 'concepts/risk'],
  ['guides/send-events', '../reference/signals.md#usage', 'reference/signals'],
  ['concepts/health', 'risk.md', 'concepts/risk'],
  ['README', '../ARCHITECTURE.md', null],
  ['README', '/docs/api', null],
  ['README', 'https://example.com/a.md', null],
])('from %s the link %s leads to %s', (page, to, found) => expect(pageOfLink(page, to)).toBe(found));

function p(text: string): Block {
  return { kind: 'paragraph', text };
}
function list(ordered: boolean, ...items: string[]): Block {
  return { kind: 'list', ordered, items };
}

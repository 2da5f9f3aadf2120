// biome-ignore lint/style/noRestrictedImports: a test reads the file that it checks
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const css = readFileSync(new URL('./tokens.css', import.meta.url), 'utf8');

function tokensOf(selector: string): Map<string, string> {
  const block = css.slice(css.indexOf(`${selector} {`)).split('}')[0]!;
  return new Map([...block.matchAll(/--([\w-]+):\s*(#[0-9a-f]{6});/g)].map((match) => [match[1]!, match[2]!]));
}

/** Relative luminance, WCAG 2.2. */
function luminance(hex: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const share = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
}

function contrast(one: string, other: string): number {
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light! + 0.05) / (dark! + 0.05);
}

const grounds = ['page', 'surface', 'raised', 'sunken', 'hover', 'selected'];
const tones = ['good', 'fair', 'warning', 'critical', 'none'];
const texts: [string, string][] = [
  ...grounds.flatMap((ground) => ['text', 'muted', 'faint'].map((text): [string, string] => [text, ground])),
  ...grounds.flatMap((ground) => tones.map((tone): [string, string] => [tone, ground])),
  ...['page', 'surface', 'raised', 'accent-soft'].map((ground): [string, string] => ['accent-text', ground]),
  ...tones.map((tone): [string, string] => [tone, `${tone}-soft`]),
  ['muted', 'accent-soft'],
  ['on-accent', 'accent'],
  ['on-accent', 'accent-hover'],
  ['on-past', 'past'],
  ['text', 'past'],
  ['muted', 'past'],
  ['faint', 'past'],
  ['on-inverse', 'inverse'],
];

describe.each([
  ['light', ':root'],
  ['dark', '[data-theme="dark"]'],
])('%s theme', (_name, selector) => {
  const tokens = tokensOf(selector);
  it.each(texts)('%s on %s reads at 4.5:1', (text, ground) => {
    expect(contrast(tokens.get(text)!, tokens.get(ground)!)).toBeGreaterThanOrEqual(4.5);
  });

  it.each([
    ['control', 'surface'],
    ['focus', 'surface'],
    ['focus', 'page'],
    ['accent', 'surface'],
  ])('the edge of controls, %s on %s, is seen at 3:1', (edge, ground) => {
    expect(contrast(tokens.get(edge)!, tokens.get(ground)!)).toBeGreaterThanOrEqual(3);
  });
});

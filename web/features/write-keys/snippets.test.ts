import { describe, expect, it } from 'vitest';
import { snippetFor, ways } from './snippets.ts';

const origin = 'https://cs.example.com:8443';

describe('snippets', () => {
  it.each(ways)('%s carries the key and leads to this installation', (way) => {
    const { code } = snippetFor(way, origin, 'wk_123');
    expect(code).toContain('wk_123');
    expect(code).toContain('cs.example.com:8443');
  });

  it('keeps the body of curl valid JSON', () => {
    const { code } = snippetFor('curl', origin, 'wk_123');
    const body = JSON.parse(/-d '(.*)'$/s.exec(code)![1]!) as { event: string; context: { groupId: string } };
    expect(body).toMatchObject({ event: 'Report created', context: { groupId: 'northwind' } });
  });

  it('names the protocol for the browser, so that it also works without https', () => {
    expect(snippetFor('browser', 'http://localhost:4400', 'wk').code).toContain(
      "apiHost: 'localhost:4400/v1', protocol: 'http'",
    );
  });
});

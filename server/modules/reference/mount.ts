import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Hono } from 'hono';
import { endpoints } from '#contracts/all.ts';
import { openApi } from '#contracts/openapi.ts';
import { markdownPage } from './markdown.ts';
import { referencePage } from './page.ts';
import { referenceStyles } from './styles.ts';

const errorsFile = join(import.meta.dirname, '../../../docs/errors.md');

/**
 * `/api/v1/openapi.json`, `/docs/api` for people, and `/docs/errors`, to which the type of each problem points. All are
 * public: they say nothing about anybody.
 */
export function mountReference(app: Hono, publicOrigin: () => string): void {
  const document = remembered(() => openApi(endpoints, publicOrigin()));
  const page = remembered(() => referencePage(document()));
  app.get('/api/v1/openapi.json', (c) => c.json(document()));
  app.get('/docs/api', (c) => c.html(page()));
  app.get('/docs/errors', async (c) => c.html(markdownPage('Errors', await readFile(errorsFile, 'utf8'))));
  app.get('/docs/api.css', (c) => c.body(referenceStyles, 200, { 'content-type': 'text/css; charset=utf-8' }));
}

/** Made at the first request: the public address is known only once the server listens. */
function remembered<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

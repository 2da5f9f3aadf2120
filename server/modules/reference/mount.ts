import type { Hono } from 'hono';
import { endpoints } from '#contracts/all.ts';
import { openApi } from '#contracts/openapi.ts';
import { referencePage } from './page.ts';
import { referenceStyles } from './styles.ts';

/** `/api/v1/openapi.json`, and `/docs/api` for people. Both are public: they say nothing about anybody. */
export function mountReference(app: Hono, publicOrigin: () => string): void {
  const document = remembered(() => openApi(endpoints, publicOrigin()));
  const page = remembered(() => referencePage(document()));
  app.get('/api/v1/openapi.json', (c) => c.json(document()));
  app.get('/docs/api', (c) => c.html(page()));
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

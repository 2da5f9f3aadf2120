import type { Hono } from 'hono';
import { endpoints } from '#contracts/all.ts';
import { openApi } from '#contracts/openapi.ts';
import { documentPage, folderPage } from './document-page.ts';
import { readDocuments } from './documents.ts';
import { referencePage } from './page.ts';
import { referenceStyles } from './styles.ts';

/**
 * `/api/v1/openapi.json`, `/docs/api` for people, and the folder docs/ below `/docs`, with `/docs/errors`, to which the type
 * of each problem points. All are public: they say nothing about anybody.
 */
export function mountReference(app: Hono, publicOrigin: () => string): void {
  const document = remembered(() => openApi(endpoints, publicOrigin()));
  const page = remembered(() => referencePage(document()));
  const documents = remembered(readDocuments);
  app.get('/api/v1/openapi.json', (c) => c.json(document()));
  app.get('/docs/api', (c) => c.html(page()));
  app.get('/docs/api.css', (c) => c.body(referenceStyles, 200, { 'content-type': 'text/css; charset=utf-8' }));
  app.get('/docs/*', async (c) => {
    const all = await documents();
    const path = decodeURIComponent(c.req.path.replace(/^\/docs\/?/, '').replace(/\/$/, ''));
    const shown = all.get(path);
    const answer = shown ? documentPage(shown, all.values()) : folderPage(path, all.values());
    return answer ? c.html(answer) : c.notFound();
  });
}

/** Made at the first request: the public address is known only once the server listens. */
function remembered<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

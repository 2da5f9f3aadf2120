/** Cross-site request forgery: a browser sends the session cookie with any page's request, but says which page it was. */
import { crossSite } from '#server/errors.ts';

/**
 * Refuses an unsafe request that a page of another origin made. With `cookie` (the request is let in by its session
 * cookie) it must also prove that it came from our own page; every current browser does.
 * @throws AppError 403
 */
export function requireSameOrigin(request: Request, publicOrigin: string, cookie: boolean): void {
  if (request.method === 'GET' || request.method === 'HEAD') return;
  const site = request.headers.get('sec-fetch-site');
  const origin = request.headers.get('origin');
  const own = site === null ? origin !== null && isOwn(origin, request, publicOrigin) : site === 'same-origin';
  const silent = site === null && origin === null;
  if (own || (silent && !cookie)) return;
  throw crossSite();
}

/** Behind a proxy only the public address is known to be right; without one only the Host header is. */
function isOwn(origin: string, request: Request, publicOrigin: string): boolean {
  if (origin === publicOrigin) return true;
  return URL.canParse(origin) && new URL(origin).host === request.headers.get('host');
}

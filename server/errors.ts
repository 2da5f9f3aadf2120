/** The whole set of errors a request can end with. Anything else is a defect and is logged with an id. */
import type { Problem } from '#contracts/kit.ts';

export interface Fault {
  /** where, as in `components[0].weight` */
  path: string;
  message: string;
}

export class AppError extends Error {
  readonly status: number;
  readonly slug: string;
  readonly title: string;
  readonly faults: Fault[];
  readonly headers: Record<string, string>;
  constructor(
    status: number,
    slug: string,
    title: string,
    detail?: string,
    faults: Fault[] = [],
    headers: Record<string, string> = {},
  ) {
    super(detail ?? title);
    this.status = status;
    this.slug = slug;
    this.title = title;
    this.faults = faults;
    this.headers = headers;
  }

  toProblem(id?: string): Problem {
    return {
      type: `/docs/errors#${this.slug}`,
      title: this.title,
      status: this.status,
      ...(this.message === this.title ? {} : { detail: this.message }),
      ...(this.faults.length > 0 ? { errors: this.faults } : {}),
      ...(id ? { id } : {}),
    };
  }
}

export const invalid = (faults: Fault[], detail?: string) =>
  new AppError(400, 'invalid', 'The request is not valid', detail ?? summary(faults), faults);
export const invalidField = (path: string, message: string) => invalid([{ path, message }]);
export const unauthenticated = () =>
  new AppError(401, 'unauthenticated', 'Sign in or send an API key', undefined, [], { 'www-authenticate': 'Bearer' });
export const wrongPassword = () => new AppError(401, 'wrong-password', 'The address or the password is not right');
export const forbidden = (needed: string) =>
  new AppError(403, 'forbidden', 'You may not do this', `It needs the permission ${needed}.`);
/** Nobody gives others more than they have. */
export const beyondOwn = (detail: string) => new AppError(403, 'forbidden', 'You may not do this', detail);
export const crossSite = () =>
  new AppError(403, 'cross-site', 'Not from here', 'A signed-in change must come from a page of this product.');
export const notFound = (what: string) => new AppError(404, 'not-found', 'Not found', `There is no such ${what}.`);
export const noSuchAddress = () => new AppError(404, 'not-found', 'Not found', 'There is nothing at this address.');
export const methodNotAllowed = (allowed: string) =>
  new AppError(405, 'method-not-allowed', 'Not with this method', `This address takes ${allowed}.`, [], {
    allow: allowed,
  });
export const conflict = (detail: string, faults: Fault[] = []) =>
  new AppError(409, 'conflict', 'This conflicts with what is there', detail, faults);
export const tooLarge = (detail: string) => new AppError(413, 'too-large', 'Too large', detail);
export const unsupported = (detail: string) =>
  new AppError(415, 'unsupported', 'This kind of content is not read', detail);
export const tooMany = (retryAfterSeconds: number, headers: Record<string, string> = {}) =>
  new AppError(429, 'too-many', 'Too many requests', `Try again in ${retryAfterSeconds} s.`, [], {
    'retry-after': String(retryAfterSeconds),
    ...headers,
  });
export const internal = () => new AppError(500, 'internal', 'Something broke on our side', 'Nothing was changed.');
export const unavailable = (detail: string) =>
  new AppError(503, 'unavailable', 'Not available right now', detail, [], { 'retry-after': '2' });

function summary(faults: Fault[]): string | undefined {
  const [first] = faults;
  if (!first) return undefined;
  const place = first.path === '' ? first.message : `${first.path}: ${first.message}`;
  return faults.length === 1 ? place : `${place} (and ${faults.length - 1} more)`;
}

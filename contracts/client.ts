/** A typed call of an endpoint over fetch; used by the web app, the command line and tests. */
import type { Answer, Endpoint, Problem, Sent } from './kit.ts';

export class ApiError extends Error {
  readonly problem: Problem;
  constructor(problem: Problem) {
    super(problem.detail ?? problem.title);
    this.problem = problem;
  }
}

export interface ClientOptions {
  baseUrl?: string;
  headers?: Record<string, string>;
  fetch?: typeof fetch;
  signal?: AbortSignal;
}

type Loose = { params?: Record<string, unknown>; query?: Record<string, unknown>; body?: unknown };

/** The address of an endpoint with its parameters filled in: for links, downloads and event streams. */
export function addressOf<E extends Endpoint>(endpoint: E, sent: Omit<Sent<E>, 'body'>, baseUrl = ''): string {
  const { params, query } = sent as Loose;
  const path = endpoint.path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(params?.[name])));
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query ?? {})) {
    if (value === undefined || value === null || value === '') continue;
    search.set(name, typeof value === 'object' ? JSON.stringify(value) : String(value));
  }
  const suffix = search.size > 0 ? `?${search}` : '';
  return `${baseUrl}/api/v1${path}${suffix}`;
}

/** @throws ApiError for any answer that is not a success */
export async function call<E extends Endpoint>(
  endpoint: E,
  sent: Sent<E>,
  options: ClientOptions = {},
): Promise<Answer<E>> {
  const { body } = sent as Loose;
  const raw = endpoint.consumes !== undefined;
  const response = await (options.fetch ?? fetch)(addressOf(endpoint, sent, options.baseUrl), {
    method: endpoint.method,
    credentials: 'same-origin',
    headers: {
      accept: 'application/json',
      ...(body === undefined ? {} : { 'content-type': raw ? 'application/octet-stream' : 'application/json' }),
      ...options.headers,
    },
    ...(body === undefined ? {} : { body: raw ? (body as BodyInit) : JSON.stringify(body) }),
    ...(options.signal ? { signal: options.signal } : {}),
  });
  if (!response.ok) throw new ApiError(await readProblem(response));
  if (response.status === 204) return undefined as Answer<E>;
  return (endpoint.produces ? await response.text() : await response.json()) as Answer<E>;
}

async function readProblem(response: Response): Promise<Problem> {
  try {
    return (await response.json()) as Problem;
  } catch {
    return { type: 'about:blank', title: response.statusText || 'The server gave no answer', status: response.status };
  }
}

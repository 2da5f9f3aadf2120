/** Asking a running server over its API. */
import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { ApiError, addressOf, call } from '#contracts/client.ts';
import type { Answer, Endpoint, Problem, Sent } from '#contracts/kit.ts';
import { CommandError } from './command.ts';

export const serverOptions = { url: { type: 'string' }, key: { type: 'string' } } as const;

/** Where links lead that are printed for people: the server's own address, else the one this shell talks to. */
export function originOf(env: { publicUrl: string | null; port: number }): string {
  return env.publicUrl ?? (process.env.PERENNIAL_URL?.replace(/\/+$/, '') || `http://localhost:${env.port}`);
}

export interface Server {
  ask<E extends Endpoint>(endpoint: E, sent: Sent<E>): Promise<Answer<E>>;
  /** A raw request to an endpoint, for what is streamed. */
  send<E extends Endpoint>(endpoint: E, sent: Omit<Sent<E>, 'body'>, init?: RequestInit): Promise<Response>;
}

/** @throws CommandError, from every call, with what the server says is wrong */
export function connect({ url, key }: { url?: string | undefined; key?: string | undefined }): Server {
  const baseUrl = (url ?? process.env.PERENNIAL_URL ?? 'http://localhost:4400').replace(/\/+$/, '');
  const secret = key ?? process.env.PERENNIAL_KEY;
  if (!secret) throw new CommandError('An API key is needed: --key or PERENNIAL_KEY (Settings → API keys).', 2);
  if (!URL.canParse(baseUrl)) throw new CommandError(`“${baseUrl}” is no address.`, 2);
  const headers = { authorization: `Bearer ${secret}` };
  return {
    ask: (endpoint, sent) => {
      // With a key of its own a write can be sent again, should its answer have been lost.
      const own = { ...headers, 'idempotency-key': randomUUID() };
      return explained(baseUrl, () => patiently(() => call(endpoint, sent, { baseUrl, headers: own })));
    },
    send: (endpoint, sent, init = {}) =>
      explained(baseUrl, async () => {
        const address = addressOf(endpoint, sent as never, baseUrl);
        const response = await fetch(address, {
          method: endpoint.method,
          ...init,
          headers: { ...headers, ...(init.headers as Record<string, string>) },
        });
        if (!response.ok) throw new ApiError((await response.json()) as Problem);
        return response;
      }),
  };
}

const retryMs = [300, 1000, 3000];

/** A connection may break where a busy server closes it at the moment it is used again. */
async function patiently<T>(work: () => Promise<T>): Promise<T> {
  for (const pause of retryMs) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
      await delay(pause);
    }
  }
  return work();
}

async function explained<T>(baseUrl: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof ApiError) throw new CommandError(textOf(error.problem));
    if (error instanceof TypeError) {
      const code = (error.cause as { code?: string } | undefined)?.code;
      throw new CommandError(`No server answers at ${baseUrl}${code === undefined ? '' : ` (${code})`}.`);
    }
    throw error;
  }
}

function textOf({ status, title, detail, errors }: Problem): string {
  if (status === 401) return 'The API key is not valid here: it may have been revoked, or be of another installation.';
  const places = (errors ?? []).map(({ path, message }) => `  ${path === '' ? '' : `${path} `}${message}`);
  return [`${title}${detail && places.length === 0 ? `: ${detail}` : ''}`, ...places].join('\n');
}

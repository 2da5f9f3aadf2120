import { getConnInfo } from '@hono/node-server/conninfo';
import type { Context } from 'hono';

export function clientAddress(c: Context, trustedProxies: number): string {
  const direct = getConnInfo(c).remote.address ?? 'unknown';
  return addressBehind(direct, c.req.header('x-forwarded-for'), trustedProxies);
}

/**
 * The address of the client. With `trustedProxies` of one's own in front, that many entries at the end of
 * X-Forwarded-For are believed; what a client itself writes there comes before them and is not.
 */
export function addressBehind(direct: string, header: string | undefined, trustedProxies: number): string {
  if (trustedProxies === 0) return direct;
  const forwarded = (header ?? '').split(',').map((address) => address.trim());
  return forwarded.at(-trustedProxies) || direct;
}

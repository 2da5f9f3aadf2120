/** From the bytes of a telemetry request to messages, or the reasons why not. */
import { createHash, randomUUID } from 'node:crypto';
import {
  isDeeper,
  type MessageType,
  limits as messageLimits,
  readMessage,
  type TelemetryMessage,
} from '#core/intake/message.ts';
import { invalid } from '#server/errors.ts';
import { parseStorable, readBody, unpack } from '#server/platform/http/body.ts';

export const limits = { eventBytes: 32 * 1024, batchBytes: 1024 * 1024 } as const;

export interface Message extends TelemetryMessage {
  /** a UUID made of the client's id, or of the content where it sent none */
  uuid: string;
  /** its place in the request */
  index: number;
  /** as it came; kept when the message is set aside */
  payload: unknown;
}

export interface Rejection {
  index: number;
  field: string;
  reason: string;
  /** null where it is too large or too deep to be kept */
  payload: unknown;
}

export interface Batch {
  messages: Message[];
  rejected: Rejection[];
}

export interface Body {
  parsed: unknown;
  bytes: number;
}

/** Reads JSON whatever the content type says, gzip whatever the headers say. @throws AppError 400, 413 */
export async function readTelemetryBody(request: Request): Promise<Body> {
  const packed = await readBody(request, limits.batchBytes);
  const bytes = await unpack(packed, limits.batchBytes);
  const text = bytes.toString('utf8');
  try {
    return { parsed: parseStorable(text), bytes: bytes.length };
  } catch {
    throw invalid([{ path: '', message: 'the body is not JSON' }]);
  }
}

/** Reads each message by the rules of core/intake; bad ones do not hold up good ones. */
export function readBatch(
  raw: readonly unknown[],
  rules: { now: number; history: boolean; type?: MessageType; bytes: number },
): Batch {
  const batch: Batch = { messages: [], rejected: [] };
  for (const [index, given] of raw.entries()) {
    const refuse = (field: string, reason: string, payload: unknown) =>
      batch.rejected.push({ index, field, reason, payload });
    // Neither JSON.stringify nor PostgreSQL takes any depth.
    if (isDeeper(given, messageLimits.messageDepth)) {
      refuse('', `is nested deeper than ${messageLimits.messageDepth} levels`, null);
      continue;
    }
    // Only a body that is larger than one event may hold an event that is too large.
    if (rules.bytes > limits.eventBytes && sizeOf(given) > limits.eventBytes) {
      refuse('', `is larger than ${limits.eventBytes} bytes`, null);
      continue;
    }
    const payload = withType(given, rules.type);
    const reading = readMessage(payload, rules);
    if (reading.ok) batch.messages.push({ ...reading.message, uuid: uuidOf(reading.message), index, payload });
    else refuse(reading.field, reading.reason, payload);
  }
  return batch;
}

/** At an address of one type a message need not say it; kept without its address, it must. */
function withType(payload: unknown, type: MessageType | undefined): unknown {
  const isObject = typeof payload === 'object' && payload !== null && !Array.isArray(payload);
  return type === undefined || !isObject ? payload : { ...payload, type };
}

function sizeOf(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value) ?? '');
}

const uuidPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

function uuidOf(message: TelemetryMessage): string {
  const { messageId } = message;
  if (messageId !== null) return uuidPattern.test(messageId) ? messageId : hashToUuid(messageId);
  // Without id and time two messages cannot be told from a repetition: both count.
  if (message.at === null) return randomUUID();
  return hashToUuid(
    JSON.stringify([message.type, message.name, message.userId, message.anonymousId, message.groupId, message.data]),
  );
}

function hashToUuid(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20, 32)}`;
}

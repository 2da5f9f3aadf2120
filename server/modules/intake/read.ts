/** From the bytes of a telemetry request to messages, or the reasons why not. */
import { createHash, randomUUID } from 'node:crypto';
import { type MessageType, readMessage, type TelemetryMessage } from '#core/intake/message.ts';
import { invalid } from '#server/errors.ts';
import { parseStorable, readBody, unpack } from '#server/platform/http/body.ts';

export const limits = { eventBytes: 32 * 1024, batchBytes: 1024 * 1024 } as const;

export interface Message extends TelemetryMessage {
  /** a UUID made of the client's id, or of the content where it sent none */
  uuid: string;
}

export interface Rejection {
  index: number;
  field: string;
  reason: string;
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
  for (const [index, payload] of raw.entries()) {
    // Only a body that is larger than one event may hold an event that is too large.
    if (rules.bytes > limits.eventBytes && sizeOf(payload) > limits.eventBytes) {
      batch.rejected.push({ index, field: '', reason: `is larger than ${limits.eventBytes} bytes`, payload: null });
      continue;
    }
    const reading = readMessage(payload, rules);
    if (reading.ok) batch.messages.push({ ...reading.message, uuid: uuidOf(reading.message) });
    else batch.rejected.push({ index, field: reading.field, reason: reading.reason, payload });
  }
  return batch;
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

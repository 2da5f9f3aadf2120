/**
 * The rules by which a telemetry message is taken or set aside (docs/guides/send-events.md has them in words).
 * Understands what Segment, RudderStack and Jitsu SDKs send. Pure: `now` is an argument, ids are made by the caller.
 */
import { fromIso } from '#core/calendar/day.ts';

export const messageTypes = ['track', 'page', 'screen', 'identify', 'group', 'alias'] as const;
export type MessageType = (typeof messageTypes)[number];

export interface TelemetryMessage {
  type: MessageType;
  /** the client's own; null = it sent none and one is made from the content */
  messageId: string | null;
  /** epoch ms from the client's own clock; null = it sent none */
  at: number | null;
  /** event name of track, name of page and screen; null for the rest */
  name: string | null;
  userId: string | null;
  anonymousId: string | null;
  groupId: string | null;
  /** alias only: the id that is now userId */
  previousId: string | null;
  /** properties of events, traits of identify and group */
  data: Record<string, unknown>;
  email: string | null;
}

export type Reading = { ok: true; message: TelemetryMessage } | { ok: false; field: string; reason: string };

export interface ReadingRules {
  now: number;
  /** history endpoints take any date from 1970 on; live ones 5 years back */
  history: boolean;
  /** the type the address names, for endpoints of one type */
  type?: MessageType;
}

export const limits = {
  nameLength: 200,
  idLength: 200,
  futureMs: 24 * 3_600_000,
  pastYears: 5,
  /** of properties and traits */
  depth: 20,
  /** of the whole message */
  messageDepth: 100,
} as const;

const yearMs = 365.25 * 24 * 3_600_000;

export function readMessage(raw: unknown, rules: ReadingRules): Reading {
  if (!isRecord(raw)) return refuse('', 'a message is a JSON object');
  if (isDeeper(raw, limits.messageDepth)) return refuse('', `is nested deeper than ${limits.messageDepth} levels`);
  try {
    return { ok: true, message: read(raw, rules) };
  } catch (error) {
    if (error instanceof Refusal) return refuse(error.field, error.message);
    throw error;
  }
}

class Refusal extends Error {
  readonly field: string;
  constructor(field: string, reason: string) {
    super(reason);
    this.field = field;
  }
}

function refuse(field: string, reason: string): Reading {
  return { ok: false, field, reason };
}

function read(raw: Record<string, unknown>, rules: ReadingRules): TelemetryMessage {
  const type = readType(raw.type ?? raw.action, rules.type);
  const context = optionalRecord(raw.context, 'context');
  const isEvent = type === 'track' || type === 'page' || type === 'screen';
  const data = readData(raw, context, type);
  // What a track call says of an address (an invitation, an export) is not the user's own.
  const ownEmail = type === 'identify' ? data.email : undefined;
  const message: TelemetryMessage = {
    type,
    messageId: readId(raw.messageId, 'messageId'),
    at: readTime(raw, rules),
    name: isEvent ? readName(raw, type) : null,
    userId: readId(raw.userId, 'userId'),
    anonymousId: readId(raw.anonymousId, 'anonymousId'),
    groupId: readId(
      raw.groupId ?? context.groupId ?? optionalRecord(data.$groups, 'properties.$groups').company,
      'groupId',
    ),
    previousId: type === 'alias' ? readId(raw.previousId, 'previousId') : null,
    data,
    email: readEmail(ownEmail ?? optionalRecord(context.traits, 'context.traits').email),
  };
  return checkWho(message);
}

function checkWho(message: TelemetryMessage): TelemetryMessage {
  const { type, userId, anonymousId, groupId, previousId } = message;
  if (type === 'group' && groupId === null) throw new Refusal('groupId', 'a group call names its group');
  if (type === 'alias' && (userId === null || previousId === null)) {
    throw new Refusal(userId === null ? 'userId' : 'previousId', 'an alias names both ids');
  }
  if (userId === null && anonymousId === null && groupId === null) {
    throw new Refusal('userId', 'a message names a userId, an anonymousId or a groupId');
  }
  return message;
}

function readType(value: unknown, fixed: MessageType | undefined): MessageType {
  if (fixed !== undefined) return fixed;
  if (typeof value !== 'string') throw new Refusal('type', 'is missing');
  if (!(messageTypes as readonly string[]).includes(value)) {
    throw new Refusal('type', `is none of ${messageTypes.join(', ')}`);
  }
  return value as MessageType;
}

function readName(raw: Record<string, unknown>, type: MessageType): string {
  const field = type === 'track' ? 'event' : 'name';
  const given =
    raw[field] ?? (type === 'track' ? undefined : (optionalRecord(raw.properties, 'properties').name ?? raw.category));
  if (given === undefined || given === null || given === '') {
    // A page without a name is still a page.
    if (type !== 'track') return type === 'page' ? 'Page' : 'Screen';
    throw new Refusal(field, 'a track call names its event');
  }
  if (typeof given !== 'string') throw new Refusal(field, 'is a text');
  const name = given.trim();
  if (name === '') throw new Refusal(field, 'is empty');
  if (name.length > limits.nameLength) throw new Refusal(field, `has more than ${limits.nameLength} characters`);
  return name;
}

function readData(
  raw: Record<string, unknown>,
  context: Record<string, unknown>,
  type: MessageType,
): Record<string, unknown> {
  if (type === 'track' || type === 'page' || type === 'screen') return checked(raw.properties, 'properties');
  const own = checked(raw.traits, 'traits');
  // RudderStack's SDKs repeat the user's traits in the context, older ones put them only there.
  return type === 'identify' && Object.keys(own).length === 0 ? checked(context.traits, 'context.traits') : own;
}

function checked(value: unknown, field: string): Record<string, unknown> {
  const record = optionalRecord(value, field);
  if (isDeeper(record, limits.depth)) throw new Refusal(field, `is nested deeper than ${limits.depth} levels`);
  return record;
}

/** Whether objects and lists are nested in each other more than `levels` times. Looks no deeper than that. */
export function isDeeper(value: unknown, levels: number): boolean {
  if (value === null || typeof value !== 'object') return false;
  if (levels === 0) return true;
  for (const inner of Object.values(value)) if (isDeeper(inner, levels - 1)) return true;
  return false;
}

function readId(value: unknown, field: string): string | null {
  if (value === undefined || value === null || value === '') return null;
  if (typeof value !== 'string' && !(typeof value === 'number' && Number.isFinite(value))) {
    throw new Refusal(field, 'is a text or a number');
  }
  const id = String(value).trim();
  if (id.length > limits.idLength) throw new Refusal(field, `has more than ${limits.idLength} characters`);
  return id === '' ? null : id;
}

function readEmail(value: unknown): string | null {
  if (typeof value !== 'string') return null;
  const email = value.trim().toLowerCase();
  return /^[^\s@]{1,64}@[^\s@]{1,250}\.[^\s@.]+$/.test(email) ? email : null;
}

/** The client's clock as it was when it happened. `timestamp` may be corrected by a proxy; `originalTimestamp` never is. */
function readTime(raw: Record<string, unknown>, rules: ReadingRules): number | null {
  const field = raw.originalTimestamp != null ? 'originalTimestamp' : 'timestamp';
  const given = raw[field];
  if (given === undefined || given === null) return null;
  const at = typeof given === 'number' ? given : typeof given === 'string' ? parseTime(given) : Number.NaN;
  if (!Number.isFinite(at)) throw new Refusal(field, 'is no time; send ISO 8601, such as 2026-03-01T12:00:00.000Z');
  if (at > rules.now + limits.futureMs) throw new Refusal(field, 'lies more than a day in the future');
  if (at < 0) throw new Refusal(field, 'lies before 1970');
  if (!rules.history && at < rules.now - limits.pastYears * yearMs) {
    throw new Refusal(
      field,
      `lies more than ${limits.pastYears} years back; import history as a file or through /v1/import`,
    );
  }
  return Math.trunc(at);
}

const isoTime = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?) ?(Z|[+-]\d{2}(?::?\d{2})?)?)?$/i;

/** ISO 8601 alone: `Date.parse` makes a date of nearly any text with a number, and reads a time without zone as local. */
function parseTime(text: string): number {
  const [, date, time = '00:00', zone = 'Z'] = isoTime.exec(text.trim()) ?? [];
  // Date.parse takes 30 February for 2 March.
  if (date === undefined || fromIso(date) === null) return Number.NaN;
  const [, sign, hours, minutes = '00'] = /^([+-])(\d{2}):?(\d{2})?$/.exec(zone) ?? [];
  return Date.parse(`${date}T${time}${sign ? `${sign}${hours}:${minutes}` : 'Z'}`);
}

function optionalRecord(value: unknown, field: string): Record<string, unknown> {
  if (value === undefined || value === null) return {};
  if (!isRecord(value)) throw new Refusal(field, 'is a JSON object');
  return value;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The OpenAPI 3.1 document, generated from the endpoint definitions that also validate every request. */
import { z } from 'zod';
import { type Endpoint, problem } from './kit.ts';
import { permissions } from './permissions.ts';

type Json = Record<string, unknown>;

export function openApi(endpoints: readonly Endpoint[], serverUrl: string): Json {
  const schemas: Json = {};
  const paths: Record<string, Json> = {};
  schema(problem, 'output', schemas);
  for (const e of endpoints) {
    const path = `/api/v1${e.path}`;
    paths[path] ??= {};
    paths[path][e.method.toLowerCase()] = operation(e, schemas);
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Perennial API',
      version: '1.0.0',
      summary: 'Everything the web app does.',
      description:
        'Authenticate with an API key as a bearer token. Writes accept an `Idempotency-Key` header. Errors are problem+json and name the field.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: serverUrl }],
    tags: [...new Set(endpoints.map((e) => e.tag))].map((name) => ({ name })),
    security: [{ apiKey: [] }],
    paths,
    components: {
      schemas,
      securitySchemes: {
        apiKey: { type: 'http', scheme: 'bearer', description: 'An API key made under Settings, API keys.' },
        session: { type: 'apiKey', in: 'cookie', name: 'perennial.session_token' },
      },
      parameters: {
        IdempotencyKey: {
          name: 'Idempotency-Key',
          in: 'header',
          description: 'The same key sent again with the same request gets the first answer and has no second effect.',
          schema: { type: 'string', minLength: 1, maxLength: 255 },
        },
      },
      headers: {
        'RateLimit-Limit': { description: 'Requests a minute.', schema: { type: 'integer' } },
        'RateLimit-Remaining': { description: 'Requests left in this minute.', schema: { type: 'integer' } },
        'RateLimit-Reset': { description: 'Seconds until the next minute begins.', schema: { type: 'integer' } },
      },
      responses: {
        Problem: {
          description: 'What is wrong, and where.',
          content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
        },
      },
    },
  };
}

function operation(e: Endpoint, schemas: Json): Json {
  const problems = Object.fromEntries(
    problemStatuses(e).map((status) => [status, { $ref: '#/components/responses/Problem' }]),
  );
  return {
    operationId: e.id,
    tags: [e.tag],
    summary: e.summary,
    ...(e.auth === 'public' ? { security: [] } : { security: [{ apiKey: [] }, { session: [] }] }),
    ...(e.auth !== 'public' && e.auth !== 'signed-in'
      ? { description: `Needs \`${e.auth}\`: ${permissions[e.auth].toLowerCase()}.` }
      : {}),
    parameters: [
      ...parameters(e.params, 'path', schemas),
      ...parameters(e.query, 'query', schemas),
      ...(e.method === 'GET' || e.auth === 'public' || e.consumes ? [] : [idempotencyKey]),
    ],
    ...requestBody(e, schemas),
    responses: { ...success(e, schemas), ...problems, default: { $ref: '#/components/responses/Problem' } },
  };
}

const idempotencyKey = { $ref: '#/components/parameters/IdempotencyKey' };
const headers = Object.fromEntries(
  ['RateLimit-Limit', 'RateLimit-Remaining', 'RateLimit-Reset'].map((name) => [
    name,
    { $ref: `#/components/headers/${name}` },
  ]),
);

function problemStatuses(e: Endpoint): string[] {
  const statuses = ['400', '429'];
  if (e.auth !== 'public') statuses.push('401', '403');
  if (e.params) statuses.push('404');
  if (e.body || e.consumes) statuses.push('413');
  if (e.method !== 'GET') statuses.push('409');
  return statuses.sort();
}

function success(e: Endpoint, schemas: Json): Json {
  if (e.produces) {
    const format = e.produces === 'application/zip' ? { format: 'binary' } : {};
    return {
      200: { description: 'OK', headers, content: { [e.produces]: { schema: { type: 'string', ...format } } } },
    };
  }
  if (!e.response) return { 204: { description: 'Done', headers } };
  const content = { 'application/json': { schema: schema(e.response, 'output', schemas) } };
  return { [e.status ?? 200]: { description: 'OK', headers, content } };
}

function requestBody(e: Endpoint, schemas: Json): Json {
  if (e.consumes) {
    return {
      requestBody: { required: true, content: { [e.consumes]: { schema: { type: 'string', format: 'binary' } } } },
    };
  }
  if (!e.body) return {};
  return {
    requestBody: { required: true, content: { 'application/json': { schema: schema(e.body, 'input', schemas) } } },
  };
}

function parameters(shape: z.ZodObject | undefined, where: 'path' | 'query', schemas: Json): Json[] {
  if (!shape) return [];
  const whole = schema(shape, 'input', schemas) as { properties: Record<string, Json>; required?: string[] };
  return Object.entries(whole.properties).map(([name, property]) => {
    const { description, ...rest } = property;
    const required = where === 'path' || (whole.required?.includes(name) ?? false);
    return { name, in: where, required, ...(description ? { description } : {}), schema: rest };
  });
}

/** JSON Schema of a zod schema; named parts (`.meta({ id })`) go into components, the schema itself when it is named. */
function schema(type: z.ZodType, io: 'input' | 'output', schemas: Json): Json {
  const wrapped = z.toJSONSchema(z.object({ root: type }), {
    io,
    unrepresentable: 'any',
    override: describeCoerced,
  }) as unknown as { $defs?: Json; properties: { root: Json } };
  for (const [name, definition] of Object.entries(wrapped.$defs ?? {})) schemas[name] = repoint(definition);
  return repoint(wrapped.properties.root) as Json;
}

/** A coerced number takes anything when read as input; the document says what it is meant to be. */
function describeCoerced({ zodSchema, jsonSchema }: { zodSchema: z.core.$ZodTypes; jsonSchema: Json }): void {
  const def = zodSchema._zod.def as { type: string; coerce?: boolean };
  if (def.coerce && def.type === 'number' && !jsonSchema.type) jsonSchema.type = 'number';
  delete jsonSchema.id;
}

function repoint(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(repoint);
  if (node === null || typeof node !== 'object') return node;
  return Object.fromEntries(
    Object.entries(node).map(([key, value]) =>
      key === '$ref' && typeof value === 'string'
        ? [key, value.replace('#/$defs/', '#/components/schemas/')]
        : [key, repoint(value)],
    ),
  );
}

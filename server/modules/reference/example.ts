/** A value that fits a schema, to show what a request looks like. */
import { refName, type Schema } from './schema-text.ts';

const byFormat: Record<string, string> = {
  date: '2026-01-31',
  'date-time': '2026-01-31T09:00:00Z',
  email: 'kim@example.com',
  uri: 'https://example.com',
  uuid: '0b2f8a52-7a3e-4c7e-9a4d-6f0d0f6f5a10',
};
const deepest = 4;

/** Objects have their required fields, or their first where none is; what nests deeper than 4 levels is left empty. */
export function exampleOf(schema: Schema, objects: Readonly<Record<string, Schema>>, depth = 0): unknown {
  const name = refName(schema);
  if (name !== null) return exampleOf(objects[name] ?? {}, objects, depth);
  if (schema.default !== undefined) return schema.default;
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return schema.enum[0];
  const choice = (schema.anyOf ?? schema.oneOf)?.find((one) => one.type !== 'null') ?? schema.allOf?.[0];
  if (choice) return exampleOf(choice, objects, depth);
  const type = Array.isArray(schema.type) ? schema.type[0] : schema.type;
  if (type === 'array') return depth < deepest && schema.items ? [exampleOf(schema.items, objects, depth + 1)] : [];
  if (type === 'object') return objectOf(schema, objects, depth);
  if (type === 'boolean') return true;
  if (type === 'integer' || type === 'number') return schema.minimum && schema.minimum > 0 ? schema.minimum : 1;
  return type === 'string' ? (byFormat[schema.format ?? ''] ?? '…') : null;
}

function objectOf(schema: Schema, objects: Readonly<Record<string, Schema>>, depth: number): Record<string, unknown> {
  const properties = Object.entries(schema.properties ?? {});
  if (depth >= deepest) return {};
  // A default need not be sent.
  const needed = properties.filter(([key, own]) => schema.required?.includes(key) && own.default === undefined);
  const shown = needed.length > 0 ? needed : properties.slice(0, 1);
  return Object.fromEntries(shown.map(([key, own]) => [key, exampleOf(own, objects, depth + 1)]));
}

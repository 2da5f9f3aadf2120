import { type JsonReader, type JsonRecord, join } from '#core/condition/read-json.ts';
import type { SignalType } from '#core/condition/types.ts';
import type { Curve, CurvePoint } from './scorecard.ts';

/**
 * Reads a curve that fits a signal of this type (undefined = unknown, not checked): two values for a boolean, points
 * with x strictly ascending for the rest; y within 0..100. Null where it is wrong, with the problems in the reader.
 */
export function readCurve(json: unknown, path: string, type: SignalType | undefined, reader: JsonReader): Curve | null {
  const isObject = typeof json === 'object' && json !== null;
  const boolean = type === 'boolean' || (type === undefined && isObject && 'whenTrue' in json);
  if (!boolean) {
    const record = reader.record(json, path, ['points']);
    return record && readPoints(record, join(path, 'points'), reader);
  }
  const record = reader.record(json, path, ['whenTrue', 'whenFalse']);
  if (record === null) return null;
  const whenTrue = reader.number(record.whenTrue, join(path, 'whenTrue'), 0, 100);
  const whenFalse = reader.number(record.whenFalse, join(path, 'whenFalse'), 0, 100);
  return whenTrue === null || whenFalse === null ? null : { whenTrue, whenFalse };
}

function readPoints(record: JsonRecord, path: string, reader: JsonReader): Curve | null {
  const list = reader.list(record.points, path, 50);
  if (list === null) return null;
  if (list.length < 2) return reader.fail(path, 'A curve needs at least two points.');
  const points: CurvePoint[] = [];
  for (const [i, json] of list.entries()) {
    const point = readPoint(json, join(path, i), reader);
    const before = points.at(-1);
    if (point === null) continue;
    if (before !== undefined && point.x <= before.x) {
      reader.fail(join(join(path, i), 'x'), `Must be above the point before it (${before.x}).`);
    }
    points.push(point);
  }
  return points.length === list.length ? { points } : null;
}

function readPoint(json: unknown, path: string, reader: JsonReader): CurvePoint | null {
  const record = reader.record(json, path, ['x', 'y']);
  if (record === null) return null;
  const x = reader.number(record.x, join(path, 'x'));
  const y = reader.number(record.y, join(path, 'y'), 0, 100);
  return x === null || y === null ? null : { x, y };
}

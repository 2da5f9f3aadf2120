import { isPresent } from '#core/condition/evaluate.ts';
import type { SignalValue } from '#core/condition/types.ts';
import type { Curve, CurvePoint } from './scorecard.ts';

/**
 * Points (0..100, exact) of a signal's value on its curve; null when the value is missing or of another type than
 * the curve (chapter 03).
 */
export function pointsOnCurve(curve: Curve, value: SignalValue | undefined): number | null {
  if (!isPresent(value)) return null;
  if ('points' in curve) return typeof value === 'number' ? interpolate(curve.points, value) : null;
  if (typeof value !== 'boolean') return null;
  return value ? curve.whenTrue : curve.whenFalse;
}

function interpolate(points: readonly CurvePoint[], x: number): number {
  const after = points.findIndex((point) => x <= point.x);
  if (after === -1) return points.at(-1)!.y;
  const right = points[after]!;
  if (after === 0 || x === right.x) return right.y;
  const left = points[after - 1]!;
  return left.y + ((right.y - left.y) * (x - left.x)) / (right.x - left.x);
}

/**
 * The value nearest to `value` at which the curve gives at least `wanted` points; null when no value does, or `value`
 * is missing. A value that already gives them is its own answer.
 */
export function nearestValueReaching(curve: Curve, value: SignalValue, wanted: number): number | boolean | null {
  const now = pointsOnCurve(curve, value);
  if (now === null) return null;
  if (now >= wanted) return value as number | boolean;
  if (!('points' in curve)) return pointsOnCurve(curve, !value)! >= wanted ? !value : null;
  const x = value as number;
  return valuesReaching(curve.points, wanted).reduce<number | null>(
    (best, one) => (best === null || Math.abs(one - x) < Math.abs(best - x) ? one : best),
    null,
  );
}

/** Every x where the curve comes to `wanted`: its crossings, and its own points at or above. */
function valuesReaching(points: readonly CurvePoint[], wanted: number): number[] {
  const found: number[] = [];
  for (const [i, right] of points.entries()) {
    const left = points[i - 1];
    if (left !== undefined && left.y < wanted !== right.y < wanted) {
      found.push(left.x + ((right.x - left.x) * (wanted - left.y)) / (right.y - left.y));
    }
    if (right.y >= wanted) found.push(right.x);
  }
  return found;
}

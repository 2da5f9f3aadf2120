import { type Checked, JsonReader } from '#core/condition/read-json.ts';
import { bandOf, type Evaluation, roundHalfUp } from './evaluate.ts';
import type { Band } from './scorecard.ts';

/** A member's own judgement of an account, for a time. Either the score or the band is given; times are epoch ms. */
export interface Override {
  /** 0..100; null where the band is overridden */
  score: number | null;
  /** key of a band; null where the score is overridden */
  band: string | null;
  reason: string;
  setAt: number;
  /** not in force from then on */
  until: number;
}

/** What is shown for an account: the override where one is in force, with the computed evaluation beside it. */
export interface Judgement {
  score: number | null;
  shown: number | null;
  band: string | null;
  /** the override in force; null = the computed values stand */
  override: Override | null;
  computed: Evaluation;
}

/**
 * Lays an override over an evaluation (chapter 03). An overridden score brings its band with it; an overridden band
 * leaves the score. An override of a band that this version does not have is not in force.
 */
export function applyOverride(
  evaluation: Evaluation,
  override: Override | null,
  bands: readonly Band[],
  now: number,
): Judgement {
  const { score, shown, band } = evaluation;
  const computed = { score, shown, band, override: null, computed: evaluation };
  if (override === null || now < override.setAt || now >= override.until) return computed;
  if (override.score !== null) {
    const own = bandOf(override.score, bands).key;
    return { score: override.score, shown: roundHalfUp(override.score), band: own, override, computed: evaluation };
  }
  if (!bands.some(({ key }) => key === override.band)) return computed;
  return { ...computed, band: override.band, override };
}

/** Checks JSON `{ score | band, reason, until }` as an override set at `now`; exactly one of score and band. */
export function checkOverride(json: unknown, bands: readonly Band[], now: number): Checked<{ override: Override }> {
  const reader = new JsonReader();
  const record = reader.record(json, '', ['reason', 'until'], ['score', 'band']);
  if (record === null) return { ok: false, problems: reader.problems };
  const score = record.score === null ? null : reader.number(record.score, 'score', 0, 100);
  const keys = bands.map(({ key }) => key);
  const band = record.band === null ? null : reader.choice(record.band, 'band', keys);
  const reason = reader.text(record.reason, 'reason', 1000);
  const until = reader.number(record.until, 'until');
  if (until !== null && until <= now) reader.fail('until', 'Must be in the future.');
  const given = [record.score, record.band].filter((one) => one !== undefined && one !== null).length;
  if (given !== 1) reader.fail('', 'Give either a score or a band.');
  if (reason === null || until === null || reader.problems.length > 0) return { ok: false, problems: reader.problems };
  return { ok: true, override: { score, band, reason, setAt: now, until } };
}

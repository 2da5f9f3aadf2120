import type { z } from 'zod';
import type { EvaluationAnswer, override, recommendation, scorecard } from '#contracts/health.ts';
import type { ComponentEvaluation, Evaluation } from '#core/health/evaluate.ts';
import { explainLevel } from '#core/health/explain-level.ts';
import type { Recommendation } from '#core/health/recommend.ts';
import { recommendationText } from '#core/health/recommendation-text.ts';
import type { Scorecard } from '#core/health/scorecard.ts';
import type { ScorecardRow } from './store.ts';
import type { Vocabulary } from './vocabulary.ts';

export function presentScorecard(row: ScorecardRow): z.infer<typeof scorecard> {
  return {
    id: row.id,
    key: row.key,
    name: row.name,
    isPrimary: row.is_primary,
    liveVersion: row.live_version,
    definition: row.definition && asJson(row.definition),
    draft: row.draft && asJson(row.draft),
    draftVersion: row.draft_version,
    accounts: row.accounts,
    versions: row.versions,
  };
}

/** A definition as the API sends it. */
export function asJson(definition: Scorecard): Record<string, unknown> {
  return { ...definition };
}

/** An evaluation with the points of the total that each component and signal gives; they add up to the score. */
export function presentEvaluation(evaluation: Evaluation, { bands }: Pick<Scorecard, 'bands'>): EvaluationAnswer {
  const band = bands.find(({ key }) => key === evaluation.band);
  const level = explainLevel(evaluation);
  const parts = new Map(level.state === 'explained' ? level.components.map((one) => [one.key, one]) : []);
  return {
    state: evaluation.state,
    score: evaluation.score,
    band: evaluation.band,
    bandTitle: band?.name ?? null,
    bandAction: band?.action ?? null,
    coverage: evaluation.coverage,
    missing: [...evaluation.missing],
    components: evaluation.components.map((component) => presentComponent(component, parts.get(component.key))),
  };
}

type ComponentLevel = Extract<ReturnType<typeof explainLevel>, { state: 'explained' }>['components'][number];

function presentComponent(component: ComponentEvaluation, level: ComponentLevel | undefined) {
  const parts = new Map(level?.signals.map(({ signal, part }) => [signal, part.exact]));
  return {
    key: component.key,
    title: component.title,
    weight: component.weight,
    score: component.score,
    contribution: level?.part.exact ?? 0,
    present: component.coverage,
    signals: component.signals.map(({ signal, weight, value, points }) => ({
      ...{ key: signal, weight, value, points, contribution: parts.get(signal) ?? 0 },
    })),
  };
}

export function presentRecommendation(
  advice: Recommendation,
  vocabulary: Vocabulary,
  currency: string,
): z.infer<typeof recommendation> {
  const wording = vocabulary.get(advice.signal);
  return {
    key: advice.signal,
    title: wording?.title ?? advice.signal,
    now: advice.from,
    target: Number(advice.to),
    points: advice.points,
    likelihood: advice.likelihood,
    text: recommendationText(advice, wording, currency),
  };
}

export interface OverrideRow {
  id: number;
  score: number | null;
  band: string | null;
  reason: string;
  until: Date;
  by_name: string;
  created_at: Date;
}

export function presentOverride(row: OverrideRow): z.infer<typeof override> {
  return {
    id: row.id,
    score: row.score,
    band: row.band,
    reason: row.reason,
    until: row.until.toISOString(),
    byName: row.by_name,
    createdAt: row.created_at.toISOString(),
  };
}

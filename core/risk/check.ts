import { readCondition } from '#core/condition/check.ts';
import { type Checked, JsonReader, toVocabulary } from '#core/condition/read-json.ts';
import type { SignalName } from '#core/condition/types.ts';
import { type RiskRule, urgencies } from './rule.ts';

const fields = ['key', 'title', 'condition', 'urgency', 'respondWithinHours', 'recommendedAction'];
const optional = ['quietDays', 'cooldownDays', 'enabled'];
const keyPattern = /^[a-z0-9]+(-[a-z0-9]+)*$/;

/** Longest response time (a year), quiet time and cooldown that a rule may ask for. */
export const ruleLimits = { respondWithinHours: 8760, days: 365 } as const;

/**
 * Checks JSON as a risk rule over the given signal names. Quiet time and cooldown are 7 days and the rule is enabled
 * unless it says otherwise (chapter 04). All problems are listed, each with its path.
 */
export function checkRule(json: unknown, names: readonly SignalName[]): Checked<{ rule: RiskRule }> {
  const reader = new JsonReader();
  const record = reader.record(json, '', fields, optional);
  if (record === null) return { ok: false, problems: reader.problems };
  const key = reader.text(record.key, 'key', 60);
  if (key !== null && !keyPattern.test(key)) reader.fail('key', 'Small letters, digits and single hyphens only.');
  const text = (field: string, most: number) => reader.text(record[field], field, most) ?? '';
  const days = (field: string) =>
    record[field] === undefined ? 7 : (reader.number(record[field], field, 0, ruleLimits.days) ?? 0);
  const condition =
    record.condition === undefined ? null : readCondition(record.condition, 'condition', toVocabulary(names), reader);
  const rule = {
    key: key ?? '',
    title: text('title', 120),
    urgency: reader.choice(record.urgency, 'urgency', urgencies) ?? 'medium',
    respondWithinHours:
      reader.number(record.respondWithinHours, 'respondWithinHours', 1, ruleLimits.respondWithinHours) ?? 0,
    recommendedAction: text('recommendedAction', 500),
    quietDays: days('quietDays'),
    cooldownDays: days('cooldownDays'),
    enabled: record.enabled === undefined || reader.boolean(record.enabled, 'enabled') === true,
  };
  if (condition === null || reader.problems.length > 0) return { ok: false, problems: reader.problems };
  return { ok: true, rule: { ...rule, condition } };
}

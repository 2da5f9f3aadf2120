/** A rule as a request gives it. */

import type { Parsed } from '#contracts/kit.ts';
import type { putRule } from '#contracts/risk.ts';
import { parseChecked } from '#core/condition/parse.ts';
import type { Condition, SignalName } from '#core/condition/types.ts';
import { checkRule } from '#core/risk/check.ts';
import type { RiskRule } from '#core/risk/rule.ts';
import { invalid, invalidField } from '#server/errors.ts';

type Body = Parsed<typeof putRule>['body'];

/**
 * @param names what its condition may name
 * @throws AppError 400 with every fault, as in condition.of[1].value; faults of a text say where in it
 */
export function requireRule(key: string, body: Body, names: readonly SignalName[]): RiskRule {
  const { condition: json, conditionText, ...rest } = body;
  const given = [json, conditionText].filter((one) => one !== undefined).length;
  if (given !== 1) throw invalidField('condition', 'Give the condition once: as `condition` or as `conditionText`.');
  const condition = conditionText === undefined ? json : parseText(conditionText, names);
  const checked = checkRule({ key, ...rest, condition }, names);
  if (!checked.ok) throw invalid(checked.problems);
  return checked.rule;
}

function parseText(text: string, names: readonly SignalName[]): Condition {
  const parsed = parseChecked(text, names);
  if (parsed.ok) return parsed.condition;
  const faults = parsed.problems.map(({ at, message }) => ({
    ...{ path: 'conditionText', message: `At character ${at + 1}: ${message}` },
  }));
  throw invalid(faults);
}

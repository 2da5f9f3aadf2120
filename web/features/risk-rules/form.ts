/** The form of a risk rule and what is sent for it. */
import type { Condition } from '#core/condition/types.ts';
import type { Rule } from './api/list-rules.ts';
import type { RuleBody } from './api/put-rule.ts';

export interface RuleForm {
  title: string;
  /** null while it is incomplete or wrong */
  condition: Condition | null;
  urgency: RuleBody['urgency'];
  /** as typed */
  respondWithin: string;
  respondUnit: 'hours' | 'days';
  recommendedAction: string;
  quietDays: string;
  cooldownDays: string;
  enabled: boolean;
}

export const blankForm: RuleForm = {
  title: '',
  condition: null,
  urgency: 'high',
  respondWithin: '48',
  respondUnit: 'hours',
  recommendedAction: '',
  quietDays: '7',
  cooldownDays: '7',
  enabled: true,
};

export function formOf(rule: Rule, condition: Condition | null): RuleForm {
  const inDays = rule.respondWithinHours % 24 === 0 && rule.respondWithinHours >= 72;
  return {
    title: rule.title,
    condition,
    urgency: rule.urgency,
    respondWithin: String(inDays ? rule.respondWithinHours / 24 : rule.respondWithinHours),
    respondUnit: inDays ? 'days' : 'hours',
    recommendedAction: rule.recommendedAction,
    quietDays: String(rule.quietDays),
    cooldownDays: String(rule.cooldownDays),
    enabled: rule.enabled,
  };
}

/** A rule as it is, to be sent back with a change. */
export function bodyOf(rule: Rule): RuleBody {
  const { title, condition, urgency, respondWithinHours, recommendedAction, quietDays, cooldownDays, enabled } = rule;
  return { title, condition, urgency, respondWithinHours, recommendedAction, quietDays, cooldownDays, enabled };
}

export type FormFaults = Partial<
  Record<'title' | 'condition' | 'respondWithin' | 'recommendedAction' | 'quietDays' | 'cooldownDays', string>
>;

/** What the form says, or what is wrong with it. */
export function readForm(form: RuleForm): { body: RuleBody; faults: null } | { body: null; faults: FormFaults } {
  const hours = whole(form.respondWithin) * (form.respondUnit === 'days' ? 24 : 1);
  const quietDays = whole(form.quietDays);
  const cooldownDays = whole(form.cooldownDays);
  const faults: FormFaults = {
    ...(form.title.trim() === '' && { title: 'The rule needs a title.' }),
    ...(form.condition === null && { condition: 'Complete the condition.' }),
    ...(!(hours >= 1 && hours <= 8760) && { respondWithin: 'From 1 hour to 365 days.' }),
    ...(form.recommendedAction.trim() === '' && { recommendedAction: 'Say what to do when it opens.' }),
    ...(!inDays(quietDays) && { quietDays: 'From 0 to 365 days.' }),
    ...(!inDays(cooldownDays) && { cooldownDays: 'From 0 to 365 days.' }),
  };
  if (Object.keys(faults).length > 0) return { body: null, faults };
  return {
    faults: null,
    body: {
      title: form.title.trim(),
      condition: form.condition,
      urgency: form.urgency,
      respondWithinHours: hours,
      recommendedAction: form.recommendedAction.trim(),
      quietDays,
      cooldownDays,
      enabled: form.enabled,
    },
  };
}

/** What is tried on the past, or what is wrong with it: its title and what to do are only needed when it is kept. */
export function readTrial(form: RuleForm): ReturnType<typeof readForm> {
  const title = form.title.trim() || 'Not named yet';
  const recommendedAction = form.recommendedAction.trim() || 'Not said yet';
  return readForm({ ...form, title, recommendedAction });
}

function whole(text: string): number {
  return /^\d+$/.test(text.trim()) ? Number(text) : Number.NaN;
}

function inDays(days: number): boolean {
  return days >= 0 && days <= 365;
}

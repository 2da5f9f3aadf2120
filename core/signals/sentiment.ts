/** sentiment.*: chapter 02, "Shipped signals". */
import type { KeysOf } from '#core/signals/catalogue.ts';
import type { AccountFacts, AsOf, SignalSettings, SurveyResponse } from '#core/signals/facts.ts';
import { startOfWindow } from '#core/signals/moment.ts';
import { isPresent } from '#core/signals/present.ts';
import { holdsRole, isActiveContact, KEY_ROLES } from '#core/signals/roles.ts';
import { mean } from '#core/statistics/statistics.ts';

type SentimentSignals = Record<KeysOf<'sentiment'>, number | boolean | null>;

/** NPS, CSAT and CES. Each kind of survey is missing by itself. Anonymous answers have no contact, so NPS leaves them out. */
export function sentimentSignals(facts: AccountFacts, asOf: AsOf, settings: SignalSettings): SentimentSignals {
  const latest = latestByContact(answers('nps', 180, facts, asOf, settings));
  const scores = [...latest.values()];
  const csat = answers('csat', 90, facts, asOf, settings);
  return {
    'sentiment.nps': nps(scores),
    'sentiment.nps_score': mean(scores),
    'sentiment.nps_detractor': isPresent('nps', facts, asOf) ? hasKeyDetractor(latest, facts, asOf.at) : null,
    'sentiment.csat': csat.length === 0 ? null : csat.filter(isSatisfied).length / csat.length,
    'sentiment.csat_mean': mean(csat.map(ofFive)),
    'sentiment.ces': mean(answers('ces', 90, facts, asOf, settings).map(effort)),
  };
}

function answers(
  kind: SurveyResponse['kind'],
  windowDays: number,
  { surveys }: AccountFacts,
  asOf: AsOf,
  settings: SignalSettings,
): SurveyResponse[] {
  if (surveys === null) return [];
  const from = startOfWindow(asOf, windowDays, settings);
  return surveys.filter((answer) => answer.kind === kind && answer.answeredAt >= from && answer.answeredAt <= asOf.at);
}

function latestByContact(responses: readonly SurveyResponse[]): Map<number, number> {
  const latest = new Map<number, number>();
  for (const { contact, score } of responses) if (contact !== null) latest.set(contact, score);
  return latest;
}

/** Percentage of 9 and 10 minus percentage of 0 to 6, −100..100; null of no answers. */
function nps(scores: readonly number[]): number | null {
  if (scores.length === 0) return null;
  let balance = 0;
  for (const score of scores) balance += score >= 9 ? 1 : score <= 6 ? -1 : 0;
  return (balance / scores.length) * 100;
}

function hasKeyDetractor(latest: ReadonlyMap<number, number>, { contacts }: AccountFacts, at: number): boolean {
  const keyContacts = new Set<number>();
  for (const contact of contacts ?? []) {
    if (isActiveContact(contact, at) && KEY_ROLES.some((role) => holdsRole(contact, role, at)))
      keyContacts.add(contact.id);
  }
  for (const [contact, score] of latest) {
    if (score <= 6 && (keyContacts.size === 0 || keyContacts.has(contact))) return true;
  }
  return false;
}

function isSatisfied(answer: SurveyResponse): boolean {
  return answer.satisfiedFrom === null ? ofFive(answer) >= 4 : answer.score >= answer.satisfiedFrom;
}

/** An answer on a scale of 1 to 5: 1 + 4 (x − min) ÷ (max − min). */
function ofFive({ score, scaleMin, scaleMax }: SurveyResponse): number {
  return 1 + (4 * (score - scaleMin)) / (scaleMax - scaleMin);
}

function effort(answer: SurveyResponse): number {
  return answer.highIsEasy ? 6 - ofFive(answer) : ofFive(answer);
}

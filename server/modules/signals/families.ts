/** Which signals a change of facts makes stale. */
import type { SignalFamily } from '#core/signals/catalogue.ts';
import { familiesOf } from '#core/signals/compute.ts';
import type { SourceKind } from '#core/signals/facts.ts';
import { type Family, familiesIn } from '#server/modules/dirty/index.ts';

const sources: Record<Family, readonly SourceKind[]> = {
  usage: ['usage'],
  subscriptions: ['subscriptions'],
  invoices: ['invoices'],
  tickets: ['tickets'],
  surveys: ['nps', 'csat', 'ces'],
  touchpoints: ['touchpoints'],
  contacts: ['stakeholders', 'touchpoints'],
  stakeholders: ['stakeholders'],
  intents: ['intents'],
  goals: ['goals'],
  attributes: [],
  health: [],
};

/** The families of signals that changed families of facts make stale. */
export function staleSignals(mask: number): SignalFamily[] {
  return [...new Set(familiesIn(mask).flatMap((family) => sources[family].flatMap(familiesOf)))];
}

import type { StoryDefinition } from './story.ts';

/** The product is used, the money is questioned: budgets, procurement, late payment. */
export const price: StoryDefinition = {
  kind: 'price',
  title: 'Price',
  low: { usage: 0.14, adoption: 0.25, mood: 0.15, engagement: 0.05, outcome: 0.1, payment: 0 },
  rampDays: [20, 40],
  leadDays: [70, 115],
  openDays: [4, 100],
  beats(story, random) {
    const ends = story.outcome === 'open' ? null : (story.relief ?? null);
    const ask = random.pick([
      { kind: 'budget_cut', detail: 'All software budgets cut by 20 % from next quarter.' },
      { kind: 'downgrade', detail: 'Wants the smaller plan at renewal.' },
      { kind: 'competitor', detail: 'Has an offer at half the price.' },
    ] as const);
    return {
      intents: [
        { kind: 'budget_cut', day: story.from, resolvedOn: ends, detail: 'Procurement asked for a new quote.' },
        { ...ask, day: story.from + random.whole(6, 20), resolvedOn: ends },
      ],
      disputes: random.chance(0.4) ? [{ from: story.from + random.whole(2, 10), to: ends }] : [],
      tickets: [{ day: story.from + random.whole(3, 15), theme: 'billing' }],
    };
  },
};

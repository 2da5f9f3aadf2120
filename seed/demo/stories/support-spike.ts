import type { StoryDefinition } from './story.ts';

/** Late and wrong numbers, ticket after ticket, until nobody trusts the charts. */
export const supportSpike: StoryDefinition = {
  kind: 'support-spike',
  title: 'Support spike',
  low: { usage: 0.12, adoption: 0.3, mood: 0, engagement: 0.15, outcome: 0.1 },
  rampDays: [10, 24],
  leadDays: [75, 125],
  openDays: [2, 55],
  beats(story, random) {
    const lasting = (story.relief ?? story.full + 25) - story.from;
    const count = random.whole(6, 12);
    return {
      tickets: Array.from({ length: count }, (_, i) => ({
        day: story.from + Math.floor(((i + random.next()) * Math.min(lasting, 40)) / count),
        theme: random.pick(['data delay', 'wrong numbers', 'data delay', 'performance'] as const),
        severity: random.pick(['normal', 'high', 'high', 'urgent'] as const),
        staysOpen: story.outcome === 'open' && random.chance(0.3),
      })),
      ...(story.outcome === 'churned' && {
        intents: [
          {
            kind: 'competitor' as const,
            day: story.full + random.whole(5, 20),
            resolvedOn: null,
            detail: 'Running a trial elsewhere because of the wrong numbers.',
          },
        ],
      }),
    };
  },
};

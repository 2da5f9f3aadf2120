import type { StoryDefinition } from './story.ts';

/** A little less every week, and no single day on which anything happened. */
export const slowDecay: StoryDefinition = {
  kind: 'slow-decay',
  title: 'Slow decay',
  low: { usage: 0.02, adoption: 0.1, mood: 0.35, engagement: 0.12, outcome: 0.1 },
  rampDays: [110, 170],
  leadDays: [180, 250],
  openDays: [80, 235],
  beats: (story, random) =>
    random.chance(0.2)
      ? {
          intents: [
            {
              kind: 'downgrade',
              day: story.from + random.whole(50, 110),
              resolvedOn: story.relief,
              detail: 'Asked which seats they could give back.',
            },
          ],
        }
      : {},
};

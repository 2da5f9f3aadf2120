import type { StoryDefinition } from './story.ts';

/** Noise that no signal announces: bought by another company, wound up. */
export const sudden: StoryDefinition = {
  kind: 'sudden',
  title: 'Sudden end from outside',
  low: {},
  rampDays: [5, 8],
  leadDays: [8, 20],
  openDays: [0, 0],
  beats: (story) => ({
    intents: [
      {
        kind: 'restructuring',
        day: story.from,
        resolvedOn: null,
        detail: 'Bought by a group that has a tool already.',
      },
    ],
  }),
};

import type { StoryDefinition } from './story.ts';

/** The person who brought the product in goes, and nobody takes the work over. */
export const championLeft: StoryDefinition = {
  kind: 'champion-left',
  title: 'Champion left',
  low: { usage: 0.06, adoption: 0.16, mood: 0.3, engagement: 0.03, outcome: 0.05 },
  rampDays: [30, 60],
  leadDays: [100, 170],
  openDays: [2, 130],
  beats(story, random) {
    const replacedOn = story.relief === null ? null : story.relief - random.whole(3, 12);
    const detail = random.pick([
      'Left for another company; the team has not named anybody yet.',
      'Moved to a competitor of theirs. Out of office since Monday.',
      'On leave for a year, no successor.',
      'Position cut in a reorganisation.',
    ]);
    return {
      departures: [{ role: 'champion', day: story.from, replacedOn, detail }],
      ...(random.chance(0.25) && {
        changes: [{ kind: 'new_executive' as const, day: story.from + 12, detail: 'New VP, reviews all vendors.' }],
      }),
      ...(random.chance(0.2) && {
        intents: [
          {
            kind: 'competitor' as const,
            day: story.from + 30,
            resolvedOn: story.relief,
            detail: 'The new team is looking at a tool they used before.',
          },
        ],
      }),
    };
  },
};

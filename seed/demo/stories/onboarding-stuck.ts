import type { StoryDefinition } from './story.ts';

/** The warehouse connection never works, so that nothing that reads from it is ever used. */
export const onboardingStuck: StoryDefinition = {
  kind: 'onboarding-stuck',
  title: 'Onboarding stuck at the data-warehouse step',
  low: { usage: 0.1, adoption: 0.02, mood: 0.18, engagement: 0.35, outcome: 0.05 },
  rampDays: [8, 20],
  leadDays: [0, 0],
  openDays: [30, 120],
  beats: (story, random) => ({
    tickets: Array.from({ length: random.whole(3, 5) }, (_, i) => ({
      day: story.from + 6 + i * random.whole(8, 15),
      theme: 'warehouse connection' as const,
      severity: i > 1 ? ('high' as const) : ('normal' as const),
      staysOpen: i === 2 && story.outcome === 'open',
    })),
    ...(story.outcome === 'churned' && {
      intents: [
        { kind: 'cancellation' as const, day: story.full + 90, resolvedOn: null, detail: 'We never got our data in.' },
      ],
    }),
  }),
};

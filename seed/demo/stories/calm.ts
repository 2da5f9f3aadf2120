import type { StoryDefinition } from './story.ts';

const calm = { low: {}, rampDays: [1, 1], leadDays: [0, 0], openDays: [0, 0], beats: () => ({}) } as const;

export const steady: StoryDefinition = { kind: 'steady', title: 'Doing well', ...calm };
/** Gets by, but never took the product up as it could. */
export const quiet: StoryDefinition = { kind: 'quiet', title: 'Half-hearted use', ...calm };
/** Sends no telemetry, so that there is not enough to judge. */
export const unconnected: StoryDefinition = { kind: 'unconnected', title: 'Telemetry not connected', ...calm };

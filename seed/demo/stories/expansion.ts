import type { StoryDefinition } from './story.ts';

const untouched = { low: {}, rampDays: [90, 160], leadDays: [0, 0], openDays: [0, 0], beats: () => ({}) } as const;

/** More people come than seats were bought; seats are added, and run out again. */
export const seatsFilling: StoryDefinition = { kind: 'seats-filling', title: 'Seats filling up', ...untouched };

/** Another department begins and buys seats and an add-on of its own. */
export const newDepartment: StoryDefinition = { kind: 'new-department', title: 'New department', ...untouched };

/** What the team writes down about its customers, by how they are doing. {name} is somebody at the customer. */
import type { StoryKind } from '../stories/story.ts';

export const notes: Readonly<Record<StoryKind, readonly string[]>> = {
  steady: [
    'Good call with {name}. They show the weekly board from our dashboards now; asked about alerts for the sales team.',
    '{name} would speak as a reference. Ask again before the spring conference.',
    'Their fiscal year ends in June: talk about seats in April, not later.',
  ],
  quiet: [
    'Two people use it, the others have never come back after the kickoff. {name} says they lack time, not interest.',
    '{name} prefers e-mail to calls. Short messages with one question get an answer.',
  ],
  unconnected: [
    'No telemetry: their proxy blocks the SDK. {name} has a ticket with their IT; until then we only hear from them in calls.',
  ],
  'onboarding-stuck': [
    'Still no warehouse connection. The role that they gave us cannot read the schema; {name} waits for their platform team.',
    'Nothing moves without the data. Asked {name} for an hour with their warehouse owner and our engineer together.',
  ],
  'champion-left': [
    'The person who brought us in is gone. {name} answers mails but does not own the topic. We need a new champion.',
    'Asked for an introduction to whoever takes over the reports. {name} will say by the end of the week.',
  ],
  'support-spike': [
    '{name} is angry about the late numbers, with reason. Promised a written cause and a date from engineering.',
    'Daily call until the delays are over. {name} wants it in writing that it does not come back.',
  ],
  'slow-decay': [
    'Nobody complained, they simply come less. {name} could not say which report they would miss.',
    'Offered {name} a session on the three dashboards that they still open.',
  ],
  price: [
    'Procurement asks for 20 % less. {name} would keep us, but must show a second offer.',
    '{name} needs numbers for the budget round: hours saved by the scheduled reports.',
  ],
  sudden: ['Heard from {name} that their company is being bought. Nobody knows yet what becomes of the tools.'],
  'seats-filling': [
    'All seats taken, {name} shares a login with two colleagues. Quote for ten more is out.',
    '{name} asked what the next plan costs; their analysts want the SQL editor.',
  ],
  'new-department': ['A second department has begun. {name} makes the introduction; kickoff of their own is set.'],
};

/** What everybody at the vendor must know first. */
export const pinnedNotes = [
  'Never call before ten: {name} is on the shop floor. Decisions are made in the Thursday meeting.',
  'All contract matters through {name} only, in writing.',
  'Plan until the renewal: weekly call, executive sponsor from our side, written goals agreed with {name}.',
] as const;

/** What people write when they put a risk off, call it wrong, or close it. */
export const dismissals = [
  'Known: their office moved that week, everybody is back.',
  'Their own clean-up of test users, no loss of real ones.',
  'The survey was answered by a trainee who has no access yet.',
  'We agreed on this pause in the last review.',
  'Wrong contact in our list; the champion is still there.',
  'A single angry ticket, settled on the phone the same day.',
] as const;

export const snoozes = [
  'Waiting for their new budget year.',
  'Agreed to talk again after their release.',
  'Their team is at a trade fair until then.',
  'New contact starts next month.',
  'Legal reads the new terms; nothing to do before.',
] as const;

export const rescues = [
  'Spoke with the new champion: reports are in use again.',
  'Training held with eight people, logins are back.',
  'Fix delivered, they confirmed the numbers.',
  'Plan changed to what they need; they stay.',
  'Executive call held, next steps agreed in writing.',
] as const;

export const losses = [
  'Did not renew.',
  'Gone to a competitor; price was named.',
  'Project ended on their side, the team was dissolved.',
  'Never got their data connected. See the notes.',
] as const;

/** What people write under a score: NPS 9–10, 7–8, 0–6. */
export const comments = {
  promoter: [
    'We answer questions in a morning that used to take a sprint.',
    'Funnels changed how our whole product team argues.',
    'Support knows the product. That is rare.',
    'The warehouse connection saved us a full-time job.',
    'Best tool we introduced this year.',
    'Everyone here opens it before stand-up.',
  ],
  passive: [
    'Does the job. Sharing outside the team could be easier.',
    'Good charts, but large dashboards are slow.',
    'Happy overall; the SQL editor needs autocomplete.',
    'Useful for the analysts, less so for everybody else.',
    'Solid. Alerts are still a bit noisy.',
  ],
  detractor: [
    'Numbers do not match our warehouse and nobody could tell us why.',
    'Too many outages in the last weeks.',
    'We pay for seats that nobody uses.',
    'Setup has been going on for months.',
    'Expensive for what we get out of it.',
    'Support answers, but nothing gets fixed.',
  ],
  satisfied: ['Quick and friendly, thanks!', 'Solved in one answer.', 'Clear explanation, works now.'],
  unsatisfied: ['Had to explain it three times.', 'Closed without being solved.', 'A week for a yes or no.'],
} as const;

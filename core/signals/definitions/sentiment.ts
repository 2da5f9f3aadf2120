import type { Definitions } from '#core/signals/definition.ts';

const NO_ANSWERS = 'Missing until the first answer of this kind, and when the window holds none.';

export const sentimentDefinitions = {
  'sentiment.nps': {
    title: 'NPS',
    unit: 'points',
    type: 'number',
    window: '180 days, today included',
    definition: 'Over the latest answer of each contact: percentage of 9 and 10 minus percentage of 0 to 6.',
    missing: NO_ANSWERS,
    higherIsBetter: true,
    decimals: 0,
    provider: 'nps',
  },
  'sentiment.nps_score': {
    title: 'Mean NPS answer',
    unit: 'points',
    type: 'number',
    window: '180 days, today included',
    definition: 'Mean of the latest answer of each contact, 0 to 10.',
    missing: NO_ANSWERS,
    higherIsBetter: true,
    decimals: 1,
    provider: 'nps',
  },
  'sentiment.nps_detractor': {
    title: 'Key contact is a detractor',
    unit: 'yes or no',
    type: 'boolean',
    window: '180 days, today included',
    definition:
      'Whether the latest answer of a champion, executive sponsor or decision maker is 6 or less; of anyone, if no active contact holds one of these roles.',
    missing: 'Missing until the first NPS answer of this account.',
    higherIsBetter: false,
    decimals: 0,
    provider: 'nps',
  },
  'sentiment.csat': {
    title: 'CSAT',
    unit: 'ratio',
    type: 'number',
    window: '90 days, today included',
    definition:
      'Satisfied answers (4 and 5 of 5, or the range that the survey declares) divided by all answers, anonymous ones too.',
    missing: NO_ANSWERS,
    higherIsBetter: true,
    decimals: 0,
    provider: 'csat',
  },
  'sentiment.csat_mean': {
    title: 'Mean CSAT',
    unit: 'stars',
    type: 'number',
    window: '90 days, today included',
    definition: 'Mean CSAT answer on a scale of 1 to 5, whatever the scale of the survey.',
    missing: NO_ANSWERS,
    higherIsBetter: true,
    decimals: 1,
    provider: 'csat',
  },
  'sentiment.ces': {
    title: 'Customer effort',
    unit: 'stars',
    type: 'number',
    window: '90 days, today included',
    definition: 'Mean effort on a scale of 1 to 5, 1 being the least, whatever the scale and direction of the survey.',
    missing: NO_ANSWERS,
    higherIsBetter: false,
    decimals: 1,
    provider: 'ces',
  },
} as const satisfies Definitions;

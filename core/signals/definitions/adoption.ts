import type { Definitions } from '#core/signals/definition.ts';

const NO_PLAN =
  'Missing until the first event of this account, without an active subscription, and when the plan includes no such feature.';

export const adoptionDefinitions = {
  'adoption.core_ratio': {
    title: 'Core feature adoption',
    unit: 'ratio',
    type: 'number',
    window: '30 days, today included',
    definition:
      'Core features of the plan used in 30 days, divided by the core features that the plan includes. Several subscriptions include what any of them includes; a feature without plans is in all.',
    missing: NO_PLAN,
    higherIsBetter: true,
    decimals: 0,
    provider: 'usage',
  },
  'adoption.rate': {
    title: 'Feature adoption',
    unit: 'ratio',
    type: 'number',
    window: '30 days, today included',
    definition: 'Features of the plan used in 30 days, divided by the features that the plan includes.',
    missing: NO_PLAN,
    higherIsBetter: true,
    decimals: 0,
    provider: 'usage',
  },
  'adoption.breadth': {
    title: 'Features in shared use',
    unit: 'features',
    type: 'number',
    window: '30 days, today included',
    definition:
      'Features, in the plan or not, used in 30 days by at least two users (by one if a single seat is bought).',
    missing:
      'Missing until the first event of this account, and while a day of the window is known from daily counts only.',
    higherIsBetter: true,
    decimals: 0,
    provider: 'usage',
  },
  'adoption.depth': {
    title: 'Feature events per active user and day',
    unit: 'events',
    type: 'number',
    window: '30 days, today included',
    definition:
      'Events mapped to features in 30 days, divided by the number of pairs of a user and a day with any event; 0 if there are none.',
    missing:
      'Missing until the first event of this account, and where daily counts do not say how many users a day had.',
    higherIsBetter: true,
    decimals: 1,
    provider: 'usage',
  },
  'adoption.advanced_ratio': {
    title: 'Advanced feature adoption',
    unit: 'ratio',
    type: 'number',
    window: '30 days, today included',
    definition: 'Advanced features of the plan used in 30 days, divided by the advanced features that it includes.',
    missing: NO_PLAN,
    higherIsBetter: true,
    decimals: 0,
    provider: 'usage',
  },
} as const satisfies Definitions;

export const seatsDefinitions = {
  'seats.purchased': {
    title: 'Seats bought',
    unit: 'seats',
    type: 'number',
    window: 'as of the moment',
    definition: 'Quantity of the active subscription lines whose unit is users.',
    missing: 'Missing before the first subscription, and when a line sold by user names no quantity.',
    higherIsBetter: true,
    decimals: 0,
    provider: 'subscriptions',
  },
  'seats.active_30d': {
    title: 'Seats in use',
    unit: 'seats',
    type: 'number',
    window: '30 days, today included',
    definition: 'Distinct users active in 30 days, not capped at the seats bought.',
    missing: 'As active users in 30 days.',
    higherIsBetter: true,
    decimals: 0,
    provider: 'usage',
  },
  'seats.utilization': {
    title: 'Seat utilisation',
    unit: 'ratio',
    type: 'number',
    window: '30 days, today included',
    definition: 'Seats in use divided by seats bought. Above 100 % more people use it than were paid for.',
    missing: 'Missing when either is missing or no seats are bought.',
    higherIsBetter: true,
    decimals: 0,
    provider: 'usage',
  },
} as const satisfies Definitions;

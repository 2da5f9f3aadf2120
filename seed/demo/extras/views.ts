/** Views of the account list that the demo's team shares. */
export const sharedViews = [
  {
    name: 'Renewals this quarter, not green',
    state: {
      filters: [
        { field: 'daysToRenewal', op: 'lte', value: 90 },
        { field: 'band', op: 'in', value: ['yellow', 'red'] },
      ],
      sort: 'renewalDay',
      direction: 'asc',
    },
  },
  {
    name: 'Enterprise and mid-market at risk',
    state: {
      filters: [
        { field: 'tier', op: 'in', value: ['enterprise', 'mid_market'] },
        { field: 'riskLevel', op: 'in', value: ['critical', 'high'] },
      ],
      sort: 'arr',
      direction: 'desc',
    },
  },
  { name: 'References', state: { filters: [{ field: 'tags', op: 'in', value: ['reference'] }] } },
] as const;

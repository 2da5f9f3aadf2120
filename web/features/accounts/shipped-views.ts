/** A view that everybody has. */
export interface ShippedView {
  name: string;
  /** what the address of the list holds */
  state: Record<string, unknown>;
}

/** The views that come with the product, the plain list first; `memberId` null = without a book of one's own. */
export function shippedViews(memberId: number | null): ShippedView[] {
  return [
    { name: 'Accounts', state: {} },
    ...(memberId === null
      ? []
      : [{ name: 'My accounts', state: { filters: [{ field: 'ownerId', op: 'in', value: [memberId] }] } }]),
    { name: 'At risk', state: { filters: [{ field: 'riskLevel', op: 'in', value: ['critical', 'high'] }] } },
    {
      name: 'Renewing in 90 days',
      state: { filters: [{ field: 'daysToRenewal', op: 'lte', value: 90 }], sort: 'renewalDay', direction: 'asc' },
    },
    {
      name: 'Falling',
      state: { filters: [{ field: 'change30d', op: 'lte', value: -5 }], sort: 'change30d', direction: 'asc' },
    },
  ];
}

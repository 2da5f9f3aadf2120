/** What customers want to reach with the product: objective, metric, baseline and target. */
export interface GoalWords {
  objective: string;
  metric: string;
  baseline: number;
  target: number;
}

export const goals: readonly GoalWords[] = [
  { objective: 'Raise trial conversion', metric: 'Trial to paid, %', baseline: 9, target: 13 },
  { objective: 'Keep more new users past the first month', metric: 'Week 4 retention, %', baseline: 24, target: 32 },
  {
    objective: 'Product teams answer their own questions',
    metric: 'Requests to the data team a month',
    baseline: 60,
    target: 20,
  },
  { objective: 'Shorten the checkout', metric: 'Checkout completion, %', baseline: 58, target: 68 },
  {
    objective: 'One source of numbers for the weekly review',
    metric: 'Teams on shared dashboards',
    baseline: 2,
    target: 10,
  },
  { objective: 'Find broken releases sooner', metric: 'Hours to notice a regression', baseline: 40, target: 6 },
  { objective: 'Grow use of the mobile app', metric: 'Mobile weekly active users, thousand', baseline: 18, target: 30 },
  { objective: 'Run experiments on every major change', metric: 'Experiments a quarter', baseline: 3, target: 12 },
];

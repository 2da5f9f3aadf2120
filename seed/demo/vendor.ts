/** The company whose customers the demo shows: an invented vendor of product analytics. */

export const vendor = { name: 'Heliotrace Analytics', domain: 'heliotrace.example' };

export const plans = ['starter', 'growth', 'business', 'enterprise'] as const;
export type Plan = (typeof plans)[number];

export interface VendorFeature {
  key: string;
  name: string;
  area: string;
  core: boolean;
  advanced: boolean;
  /** the smallest plan that includes it */
  from: Plan;
  events: readonly string[];
  /** how often it is used, against the others */
  weight: number;
}

const feature = (
  key: string,
  name: string,
  area: string,
  kind: 'core' | 'advanced' | 'other',
  from: Plan,
  weight: number,
  ...events: string[]
): VendorFeature => ({ key, name, area, core: kind === 'core', advanced: kind === 'advanced', from, weight, events });

/** In the order in which a customer usually takes them up. Everything that reads the warehouse comes after it. */
export const features: readonly VendorFeature[] = [
  feature('dashboards', 'Dashboards', 'Explore', 'core', 'starter', 10, 'Dashboard Viewed', 'Dashboard Created'),
  feature('charts', 'Chart builder', 'Explore', 'core', 'starter', 7, 'Chart Built'),
  feature('funnels', 'Funnels', 'Explore', 'core', 'starter', 6, 'Funnel Viewed', 'Funnel Created'),
  feature('sharing', 'Scheduled reports', 'Collaborate', 'other', 'starter', 3, 'Report Shared', 'Report Scheduled'),
  feature('cohorts', 'Cohorts', 'Explore', 'core', 'starter', 5, 'Cohort Opened', 'Cohort Saved'),
  feature(
    'warehouse',
    'Data warehouse connection',
    'Data',
    'core',
    'growth',
    3,
    'Warehouse Synced',
    'Warehouse Table Mapped',
  ),
  feature('alerts', 'Alerts', 'Collaborate', 'core', 'growth', 3, 'Alert Opened', 'Alert Created'),
  feature('sql', 'SQL editor', 'Data', 'advanced', 'business', 4, 'SQL Query Run'),
  feature('experiments', 'Experiments', 'Act', 'advanced', 'business', 3, 'Experiment Viewed', 'Experiment Started'),
  feature('replay', 'Session replay', 'Explore', 'other', 'business', 3, 'Replay Watched'),
  feature('api', 'Export API', 'Data', 'advanced', 'growth', 2, 'API Export Requested'),
  feature('sso', 'Single sign-on', 'Administration', 'other', 'enterprise', 2, 'SSO Session Confirmed'),
];

export const loginEvent = 'Signed In';
/** What those see who never get past the warehouse step. */
export const stuckEvent = 'Warehouse Connection Failed';

/** The features of a plan, in the order in which they are taken up. */
export function featuresOf(plan: Plan): VendorFeature[] {
  return features.filter((one) => plans.indexOf(one.from) <= plans.indexOf(plan));
}

/** Monthly list prices in minor units of USD. */
export const prices: Readonly<Record<Plan, { seat: number; platform: readonly [number, number] }>> = {
  starter: { seat: 45_00, platform: [120_00, 420_00] },
  growth: { seat: 75_00, platform: [350_00, 1_100_00] },
  business: { seat: 110_00, platform: [1_200_00, 3_600_00] },
  enterprise: { seat: 140_00, platform: [5_200_00, 21_000_00] },
};
export const currency = 'USD';
export const product = 'Heliotrace';
export const addOns = [
  { product: 'Replay storage', unit: 'thousand recordings', monthly: 260_00 },
  { product: 'Data retention', unit: 'years', monthly: 180_00 },
] as const;

export interface DemoMember {
  name: string;
  email: string;
  role: 'leader' | 'csm';
}
const member = (name: string, role: DemoMember['role']): DemoMember => ({
  name,
  email: `${name.toLowerCase().replace(' ', '.')}@${vendor.domain}`,
  role,
});
export const leader = member('Ottilie Brandt', 'leader');
/** Two for enterprise, two for mid-market, two for the pool. */
export const csms = {
  enterprise: [member('Marisol Vega', 'csm'), member('Desmond Achebe', 'csm')],
  mid_market: [member('Hanne Solheim', 'csm'), member('Rafiq Chowdhury', 'csm')],
  smb: [member('Imogen Clarke', 'csm'), member('Leo Takahashi', 'csm')],
} as const;
export const members: readonly DemoMember[] = [leader, ...csms.enterprise, ...csms.mid_market, ...csms.smb];

import { describe, expect, test } from 'vitest';
import { CATALOGUE, isSignalKey, SIGNAL_KEYS } from '#core/signals/catalogue.ts';

/** The keys in the order in which they were first stored. A line may be appended; none may ever change its place. */
const STORED_ORDER = `
usage.active_users_1d usage.active_users_7d usage.active_users_30d usage.dau_mau usage.stickiness usage.logins_per_week
usage.logins_per_week_per_user usage.login_change usage.volume_change usage.active_user_change usage.session_minutes
usage.days_since_last_activity usage.trend_slope
adoption.core_ratio adoption.rate adoption.breadth adoption.depth adoption.advanced_ratio
seats.purchased seats.active_30d seats.utilization
support.tickets_30d support.ticket_change support.open_high support.first_response_hours support.resolution_hours
support.repeat_ratio support.escalations_90d support.cancellation_tickets_90d support.sentiment
sentiment.nps sentiment.nps_score sentiment.nps_detractor sentiment.csat sentiment.csat_mean sentiment.ces
engagement.days_since_touch engagement.meetings_90d engagement.attendance engagement.review_attendance
engagement.reply_hours engagement.unanswered engagement.training_90d engagement.executive_days
stakeholders.has_champion stakeholders.has_sponsor stakeholders.champion_left_90d stakeholders.threads_90d
stakeholders.leadership_change_90d
outcomes.on_track outcomes.value_proven outcomes.roi
contract.arr contract.mrr contract.days_to_renewal contract.term_months contract.auto_renew contract.multi_year
contract.arr_change_365d
billing.days_overdue billing.late_ratio_365d billing.failed_payments_90d billing.dispute_open
onboarding.progress onboarding.overdue_milestones onboarding.days_in onboarding.ttfv_days
requests.denied_180d requests.open
intent.competitor_90d intent.downgrade_90d intent.cancel_90d intent.budget_90d
growth.seats_change_365d growth.departments growth.new_department_90d growth.enterprise_requests_180d
health.score health.change_7d health.change_30d health.band_days
risk.level risk.open_signals
touch.overdue_days
`
  .trim()
  .split(/\s+/);

test('the slots of stored snapshots never move', () => {
  expect(SIGNAL_KEYS.slice(0, STORED_ORDER.length)).toEqual(STORED_ORDER);
});

test('every key has one slot', () => {
  expect(new Set(SIGNAL_KEYS).size).toBe(SIGNAL_KEYS.length);
  expect(SIGNAL_KEYS.every(isSignalKey)).toBe(true);
  expect(isSignalKey('usage.unheard_of')).toBe(false);
});

describe.each(CATALOGUE)('$key', (signal) => {
  test('says what it is, in sentences', () => {
    expect(signal.title).toMatch(/^[A-Z][^.]+$/);
    expect(signal.definition).toMatch(/^[A-Z].+\.$/s);
    expect(signal.missing).toMatch(/^[A-Z].+\.$/s);
    expect(signal.type === 'boolean').toBe(signal.unit === 'yes or no');
    expect(signal.type === 'money').toBe(signal.unit === 'money');
  });

  test('names the length of its window', () => {
    const days = /_(\d+)d$/.exec(signal.key)?.[1];
    expect(signal.window).toMatch(days === undefined || days === '1' ? /\w/ : new RegExp(`\\b${days}\\b`));
  });
});

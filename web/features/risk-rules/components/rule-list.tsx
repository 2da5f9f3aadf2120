import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Plus, ShieldAlert } from 'lucide-react';
import { checkCondition } from '#core/condition/check.ts';
import { useConditionNames } from '#web/lib/condition-names.ts';
import { countOf } from '#web/lib/format.ts';
import { useSignedIn } from '#web/lib/session.ts';
import { Badge } from '#web/ui/badge.tsx';
import { buttonClass } from '#web/ui/button.tsx';
import { conditionWords, type SignalLook } from '#web/ui/condition/words.ts';
import { cx } from '#web/ui/cx.ts';
import { DateText } from '#web/ui/date-text.tsx';
import { Loaded } from '#web/ui/loaded.tsx';
import { PageHeader } from '#web/ui/page.tsx';
import { RiskLevelBadge } from '#web/ui/risk-level-badge.tsx';
import { sayFailed } from '#web/ui/say-failed.ts';
import { Skeleton } from '#web/ui/skeleton.tsx';
import { EmptyState } from '#web/ui/states.tsx';
import { toast } from '#web/ui/toast.tsx';
import { Switch } from '#web/ui/toggles.tsx';
import { type Rule, rulesQuery } from '../api/list-rules.ts';
import { usePutRule } from '../api/put-rule.ts';
import { bodyOf } from '../form.ts';
import { hoursWords } from '../hours.ts';
import { TrackRecord } from './track-record.tsx';

/** Risk rules, each with what it has been worth. */
export function RuleList() {
  const { can } = useSignedIn();
  const rules = useQuery(rulesQuery);
  const looks = useConditionNames('rule');
  const add = can('settings.manage') && (
    <Link to="/settings/risk-rules/$ruleKey" params={{ ruleKey: 'new' }} className={buttonClass('primary')}>
      <Plus className="size-4" aria-hidden="true" />
      New rule
    </Link>
  );
  return (
    <>
      <PageHeader
        title="Risk rules"
        note="When a risk opens for an account, and who must answer by when. Each rule shows what it has been worth."
        actions={add}
      />
      <Loaded
        query={rules}
        skeleton={
          <div className="flex flex-col gap-2">
            {[0, 1, 2, 3].map((row) => (
              <Skeleton key={row} className="h-24 w-full" />
            ))}
          </div>
        }
      >
        {({ items, recordsAsOf }) =>
          items.length === 0 ? (
            <EmptyState
              icon={<ShieldAlert />}
              title="No risk rules"
              why="Without one, no account is ever at risk."
              action={add}
            />
          ) : (
            <>
              <ul className="overflow-hidden rounded-lg border border-line">
                {inOrder(items).map((rule) => (
                  <RuleRow key={rule.key} rule={rule} looks={looks} />
                ))}
              </ul>
              <p className="mt-2 text-xs text-faint">
                What rules have been worth, as of <DateText value={recordsAsOf} />.
              </p>
            </>
          )
        }
      </Loaded>
    </>
  );
}

const rank = { critical: 0, high: 1, medium: 2 } as const;

/** Those that work before those that wait for data, before those that are off; then by urgency. */
function inOrder(rules: readonly Rule[]): Rule[] {
  const place = (rule: Rule) => (rule.enabled ? 0 : 2) + (rule.notConnected.length > 0 ? 1 : 0);
  return [...rules].sort(
    (a, b) => place(a) - place(b) || rank[a.urgency] - rank[b.urgency] || a.title.localeCompare(b.title),
  );
}

function RuleRow({ rule, looks }: { rule: Rule; looks: ReadonlyMap<string, SignalLook> }) {
  const { workspace } = useSignedIn();
  return (
    <li className={cx('border-t border-line px-4 py-3 first:border-t-0', !rule.enabled && 'bg-sunken')}>
      <div className="grid gap-x-6 gap-y-2 lg:grid-cols-[minmax(0,1fr)_minmax(0,1fr)_auto] lg:items-start">
        <div className="min-w-0">
          <div className="flex flex-wrap items-center gap-x-2">
            <RiskLevelBadge level={rule.urgency} />
            <Link
              to="/settings/risk-rules/$ruleKey"
              params={{ ruleKey: rule.key }}
              className="font-medium text-text hover:underline"
            >
              {rule.title}
            </Link>
            {!rule.shipped && <Badge tone="accent">ours</Badge>}
          </div>
          <p className="mt-0.5 text-xs text-muted">{wordsOf(rule, looks, workspace.currency)}</p>
          <p className="mt-0.5 text-xs text-faint">
            {rule.recommendedAction}, within {hoursWords(rule.respondWithinHours)}
          </p>
          {rule.notConnected.length > 0 && (
            <p className="mt-0.5 text-xs text-warning">
              Cannot open yet: nothing feeds {rule.notConnected.map((key) => looks.get(key)?.title ?? key).join(', ')}.
            </p>
          )}
        </div>
        <TrackRecord record={rule.trackRecord} />
        <div className="flex items-center gap-3 lg:w-36 lg:justify-end">
          {rule.open > 0 ? (
            <Link to="/risks" search={{ rule: rule.key }} className="tnum text-xs text-accent-text hover:underline">
              {countOf(rule.open, 'open risk')}
            </Link>
          ) : (
            <span className="text-xs text-faint">none open</span>
          )}
          <EnabledSwitch rule={rule} />
        </div>
      </div>
    </li>
  );
}

function wordsOf(rule: Rule, looks: ReadonlyMap<string, SignalLook>, currency: string): string {
  const names = [...looks].map(([key, { type }]) => ({ key, type }));
  const checked = checkCondition(rule.condition, names);
  return checked.ok ? conditionWords(checked.condition, { looks, currency }) : rule.conditionText;
}

function EnabledSwitch({ rule }: { rule: Rule }) {
  const { can } = useSignedIn();
  const put = usePutRule();
  const set = (enabled: boolean) =>
    put.mutate(
      { key: rule.key, body: { ...bodyOf(rule), enabled } },
      {
        onError: sayFailed,
        onSuccess: () =>
          toast({
            text: enabled ? `${rule.title} is on` : `${rule.title} is off; its open risks resolve`,
            undo: () => put.mutate({ key: rule.key, body: bodyOf(rule) }, { onError: sayFailed }),
          }),
      },
    );
  return (
    <Switch
      label={<span className="sr-only">{rule.title} is on</span>}
      checked={rule.enabled}
      disabled={!can('settings.manage') || put.isPending}
      onChange={set}
    />
  );
}

import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { RiskSignal } from '#contracts/risk.ts';
import { riskLevel } from '#core/risk/level.ts';
import { levelReason } from '#core/risk/level-reason.ts';
import { TrackRecord } from '#web/features/risk-rules/components/track-record.tsx';
import { EvidenceFacts } from '#web/features/signals/components/evidence-facts.tsx';
import { todayIn } from '#web/lib/format.ts';
import { useSignedIn } from '#web/lib/session.ts';
import { DateText } from '#web/ui/date-text.tsx';
import { Money } from '#web/ui/money.tsx';
import { RiskLevelBadge } from '#web/ui/risk-level-badge.tsx';
import { Skeleton } from '#web/ui/skeleton.tsx';
import { accountRisksQuery, riskHistoryQuery, riskRulesQuery } from '../api/risks.ts';
import { RiskActions } from './risk-actions.tsx';
import { RespondBy, RiskStatus, statusWords } from './risk-status.tsx';

/** The inside of a risk's panel: what to do, why it opened, what has happened, whether such a warning is worth something. */
export function RiskDetail({ risk, withAccount }: { risk: RiskSignal; withAccount: boolean }) {
  const { workspace } = useSignedIn();
  // of a closed risk the facts are shown as they stood then
  const pastDay = (at: string) => {
    const day = todayIn(Date.parse(at), workspace.timeZone);
    return risk.open || day >= workspace.today ? undefined : day;
  };
  // the facts behind a signal stand once, with its newest reading
  const newest = new Map(risk.evidence.map(({ key }, index) => [key, index]));
  return (
    <div className="flex flex-col gap-6">
      <div className="flex flex-wrap items-center gap-2">
        <RiskLevelBadge level={risk.urgency} />
        <RiskStatus risk={risk} />
        <span className="flex-1" />
        <RiskActions risk={risk} />
      </div>
      <div className="rounded-md bg-accent-soft px-3 py-2.5">
        <p className="text-xs text-accent-text">Recommended</p>
        <p className="font-medium">{risk.recommendedAction}</p>
      </div>
      <dl className="grid grid-cols-[7rem_1fr] gap-y-2 text-sm">
        {withAccount && (
          <>
            <dt className="text-faint">Account</dt>
            <dd>
              <Link
                to="/accounts/$accountId"
                params={{ accountId: String(risk.accountId) }}
                className="font-medium text-accent-text hover:underline"
              >
                {risk.accountName}
              </Link>
            </dd>
          </>
        )}
        <dt className="text-faint">Account level</dt>
        <dd>
          <AccountLevel accountId={risk.accountId} />
        </dd>
        <dt className="text-faint">ARR</dt>
        <dd>
          <Money amountMinor={risk.arrMinor} currency={workspace.currency} />
        </dd>
        <dt className="text-faint">Owner</dt>
        <dd>{risk.ownerName ?? 'Nobody'}</dd>
        <dt className="text-faint">Opened</dt>
        <dd>
          <DateText value={risk.openedAt} />
        </dd>
        <dt className="text-faint">Respond by</dt>
        <dd>
          <RespondBy risk={risk} />
        </dd>
      </dl>
      <section>
        <h3 className="mb-2 text-sm font-semibold">Evidence</h3>
        <ul className="flex flex-col divide-y divide-line border-y border-line">
          {risk.evidence.map((one, index) => (
            <li key={`${one.at}${one.key}`} className="py-2 text-sm">
              <span className="flex items-baseline justify-between gap-3">
                <span>{one.text}</span>
                <span className="shrink-0 text-xs text-faint">
                  <DateText value={one.at} />
                </span>
              </span>
              {newest.get(one.key) === index && (
                <EvidenceFacts accountId={risk.accountId} signalKey={one.key} asOf={pastDay(one.at)} />
              )}
            </li>
          ))}
        </ul>
      </section>
      <History id={risk.id} />
      <RuleRecord ruleKey={risk.ruleKey} />
    </div>
  );
}

/** The level of the account and why it is so, of which this risk is a part. */
function AccountLevel({ accountId }: { accountId: number }) {
  const { data } = useQuery(accountRisksQuery(accountId));
  if (!data) return <Skeleton className="h-4 w-20" />;
  const open = data.items.map(({ urgency }) => ({ phase: 'open' as const, urgency }));
  return (
    <>
      <RiskLevelBadge level={riskLevel(open)} />
      <span className="block text-xs text-muted">{levelReason(open)}</span>
    </>
  );
}

function History({ id }: { id: number }) {
  const { data } = useQuery(riskHistoryQuery(id));
  if (!data || data.items.length === 0) return null;
  return (
    <section>
      <h3 className="mb-2 text-sm font-semibold">What has happened</h3>
      <ol className="flex flex-col gap-1.5 text-sm">
        {data.items.map((item) => (
          <li key={`${item.at}${item.kind}`} className="flex justify-between gap-3">
            <span>
              {statusWords[item.kind as RiskSignal['status']] ?? eventWords[item.kind] ?? sentence(item.kind)}
              {item.byName && <span className="text-faint"> by {item.byName}</span>}
              {typeof item.detail.reason === 'string' && (
                <span className="block text-xs text-muted">{item.detail.reason}</span>
              )}
            </span>
            <span className="shrink-0 text-xs text-faint">
              <DateText value={item.at} />
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}

function RuleRecord({ ruleKey }: { ruleKey: string }) {
  const { data } = useQuery(riskRulesQuery);
  const rule = data?.items.find((one) => one.key === ruleKey);
  if (!rule) return null;
  return (
    <section>
      <h3 className="mb-2 text-sm font-semibold">The rule</h3>
      <p className="mb-2 rounded-md bg-sunken px-3 py-2 font-mono text-xs break-words">{rule.conditionText}</p>
      <TrackRecord record={rule.trackRecord} counting={rule.counting} />
    </section>
  );
}

const eventWords: Readonly<Record<string, string>> = {
  unacknowledged: 'Acknowledgement taken back',
  started: 'Work began',
  unstarted: 'Beginning of work taken back',
  snooze_ended: 'Snooze ended',
  evidence_added: 'New evidence',
  urgency_changed: 'Urgency changed',
  breached: 'No response in time',
};

function sentence(kind: string): string {
  const words = kind.replaceAll('_', ' ');
  return words[0]!.toUpperCase() + words.slice(1);
}

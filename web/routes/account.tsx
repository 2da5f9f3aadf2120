import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { FlaskConical, PenLine } from 'lucide-react';
import { Suspense, useCallback, useEffect, useMemo } from 'react';
import type { Band } from '#core/health/scorecard.ts';
import type { AccountSearch, AccountTab } from '#web/app/routes/accounts-search.ts';
import { accountQuery } from '#web/features/accounts/api/get-account.ts';
import { AccountDetails } from '#web/features/accounts/components/account-details.tsx';
import { AccountHeader } from '#web/features/accounts/components/account-header.tsx';
import { AccountOverview } from '#web/features/accounts/components/account-overview.tsx';
import { PastFigures } from '#web/features/accounts/components/past-figures.tsx';
import { healthQuery } from '#web/features/health/api/get-health.ts';
import { OtherScorecards } from '#web/features/health/components/other-scorecards.tsx';
import { OverrideNote } from '#web/features/health/components/override-note.tsx';
import { CoverageNote, Recommendations, ScoreBreakdown } from '#web/features/health/components/score-breakdown.tsx';
import { ScoreChange } from '#web/features/health/components/score-change.tsx';
import { ScoreHistory } from '#web/features/health/components/score-history.tsx';
import { Notes, PinnedNotes } from '#web/features/notes/components/notes.tsx';
import { accountRisksQuery } from '#web/features/risks/api/risks.ts';
import { AccountRisks } from '#web/features/risks/components/account-risks.tsx';
import { accountSignalsQuery } from '#web/features/signals/api/get-signals.ts';
import { type Command, useCommands } from '#web/lib/commands.ts';
import { errorText } from '#web/lib/errors.ts';
import { formatDate } from '#web/lib/format.ts';
import { scoreText } from '#web/lib/score-text.ts';
import { asScorecard, type BandLook, lookOf, usePrimaryBands } from '#web/lib/scorecards.ts';
import { useSignedIn } from '#web/lib/session.ts';
import { useSignalCatalogue } from '#web/lib/signals.ts';
import { useTitle } from '#web/lib/title.ts';
import { Button } from '#web/ui/button.tsx';
import { DateText } from '#web/ui/date-text.tsx';
import { SidePanel } from '#web/ui/dialog.tsx';
import { fetchAhead } from '#web/ui/fetch-ahead.ts';
import { PageBody, Section } from '#web/ui/page.tsx';
import { Skeleton, SkeletonLines } from '#web/ui/skeleton.tsx';
import { ErrorState } from '#web/ui/states.tsx';
import { Tabs } from '#web/ui/tabs.tsx';
import {
  AccountTimeline,
  accountParts,
  Contacts,
  OverrideDialog,
  RiskDetail,
  SignalDetail,
  SignalTable,
  Subscriptions,
  WhatIf,
} from './account-parts.ts';

/** Where the headline on a move of the score leads. */
const changeId = 'why-it-changed';
const route = getRouteApi('/app/accounts/$accountId');

export function AccountPage() {
  const accountId = Number(route.useParams().accountId);
  const search = route.useSearch();
  const navigate = useNavigate();
  const { can } = useSignedIn();
  const account = useQuery(accountQuery(accountId));
  const health = useQuery(healthQuery(accountId, search.asOf));
  const primary = usePrimaryBands();
  const bands = health.data ? asScorecard(health.data.definition).bands : primary;
  useTitle(account.data?.name ?? 'Account');
  useEffect(() => fetchAhead(accountParts), []);

  const change = useCallback(
    (next: Partial<AccountSearch>) =>
      void navigate({ from: '/accounts/$accountId', to: '.', search: (old) => ({ ...old, ...next }) }),
    [navigate],
  );
  const openSignal = useCallback((signal: string) => change({ signal, risk: undefined, panel: undefined }), [change]);
  const openRisk = useCallback((risk: number) => change({ risk, signal: undefined, panel: undefined }), [change]);
  const close = useCallback(() => change({ signal: undefined, risk: undefined, panel: undefined }), [change]);
  useCommands(usePageCommands(change, can('health.override')));

  if (account.isError) return <ErrorState page {...errorText(account.error)} onRetry={() => void account.refetch()} />;
  if (!account.data) return <HeadSkeleton />;
  const tab = search.tab ?? 'overview';
  return (
    <PageBody>
      <AccountHeader
        account={account.data}
        bands={bands}
        asOf={search.asOf}
        onHeadline={({ kind, risk, signal }) => {
          if (risk !== undefined) openRisk(risk);
          else if (signal !== undefined) openSignal(signal);
          else if (kind === 'renewal') change({ tab: 'contracts' });
          else if (kind === 'data') change({ tab: 'signals' });
          else {
            change({ tab: undefined });
            requestAnimationFrame(() => document.getElementById(changeId)?.scrollIntoView({ block: 'start' }));
          }
        }}
        past={
          search.asOf && (
            <PastHead
              accountId={accountId}
              day={search.asOf}
              look={lookOf(health.data?.evaluation.band, bands)}
              score={health.data?.evaluation.score ?? null}
              bands={bands}
            />
          )
        }
        actions={
          <>
            <Button
              size="sm"
              disabled={!health.data}
              onClick={() => change({ panel: 'what-if', signal: undefined, risk: undefined })}
            >
              <FlaskConical className="size-3.5" aria-hidden="true" />
              What if
            </Button>
            {can('health.override') && !search.asOf && (
              <Button size="sm" onClick={() => change({ panel: 'override' })}>
                <PenLine className="size-3.5" aria-hidden="true" />
                Set by hand
              </Button>
            )}
          </>
        }
      />
      <div className="mt-5">
        <Tabs<AccountTab>
          label="Parts of the account"
          value={tab}
          onChange={(next) => change({ tab: next === 'overview' ? undefined : next })}
          tabs={[
            {
              key: 'overview',
              label: 'Overview',
              content: (
                <AccountOverview
                  main={
                    <>
                      <Section
                        title={
                          health.data?.evaluation.score == null
                            ? 'Why there is no score'
                            : `Why the score is ${scoreText(health.data.evaluation.score, bands)}`
                        }
                        note={health.data && <CoverageNote health={health.data} />}
                        actions={
                          health.data && (
                            <span className="text-xs text-faint">
                              as of {search.asOf ? formatDate(search.asOf) : <DateText value={health.data.asOf} />}
                            </span>
                          )
                        }
                      >
                        {health.isError && (
                          <ErrorState compact {...errorText(health.error)} onRetry={() => void health.refetch()} />
                        )}
                        {health.isPending && <SkeletonLines lines={8} />}
                        {health.data?.override && <OverrideNote accountId={accountId} health={health.data} />}
                        {health.data && (
                          <ScoreBreakdown
                            accountId={accountId}
                            health={health.data}
                            asOf={search.asOf}
                            onSignal={openSignal}
                          />
                        )}
                      </Section>
                      <div id={changeId} className="scroll-mt-16">
                        <ScoreChange accountId={accountId} asOf={search.asOf} />
                      </div>
                      <Section title="How it got here">
                        <ScoreHistory accountId={accountId} bands={bands} asOf={search.asOf} />
                      </Section>
                    </>
                  }
                  aside={
                    <>
                      {!search.asOf && (
                        <Section title="Risks" note="What rules see now, the most urgent first">
                          <AccountRisks accountId={accountId} onOpen={openRisk} />
                        </Section>
                      )}
                      <Section
                        title="What would raise the score most"
                        note="Points to be won at a signal’s best limit; by points and how often that is reached"
                      >
                        {health.data ? (
                          <Recommendations health={health.data} onSignal={openSignal} />
                        ) : (
                          <SkeletonLines lines={3} />
                        )}
                      </Section>
                      <PinnedNotes accountId={accountId} />
                    </>
                  }
                  details={
                    <>
                      {health.data && <OtherScorecards health={health.data} />}
                      <AccountDetails account={account.data} />
                    </>
                  }
                />
              ),
            },
            {
              key: 'signals',
              label: 'Signals',
              content: (
                <SignalTable accountId={accountId} asOf={search.asOf} health={health.data} onOpen={openSignal} />
              ),
            },
            {
              key: 'timeline',
              label: 'Timeline',
              content: (
                <AccountTimeline
                  accountId={accountId}
                  asOf={search.asOf}
                  shown={search.kinds ?? []}
                  onShown={(kinds) => change({ kinds: kinds.length > 0 ? kinds : undefined })}
                />
              ),
            },
            { key: 'people', label: 'People', content: <Contacts accountId={accountId} /> },
            { key: 'contracts', label: 'Subscriptions', content: <Subscriptions accountId={accountId} /> },
            { key: 'notes', label: 'Notes', content: <Notes accountId={accountId} /> },
          ]}
        />
      </div>
      <SignalPanel accountId={accountId} search={search} onClose={close} />
      <RiskPanel accountId={accountId} riskId={search.risk} onClose={close} />
      <SidePanel open={search.panel === 'what-if'} onClose={close} title="What if">
        {health.data ? <WhatIf health={health.data} /> : <SkeletonLines lines={8} />}
      </SidePanel>
      {search.panel === 'override' && (
        <Suspense>
          <OverrideDialog accountId={accountId} bands={bands} onClose={close} />
        </Suspense>
      )}
    </PageBody>
  );
}

function PastHead(props: {
  accountId: number;
  day: string;
  look: BandLook;
  score: number | null;
  bands: readonly Band[];
}) {
  const { data } = useQuery(accountSignalsQuery(props.accountId, props.day));
  const values = useMemo(() => new Map(data?.items.map((item) => [item.key, item.value])), [data]);
  return <PastFigures day={props.day} look={props.look} score={props.score} bands={props.bands} values={values} />;
}

function SignalPanel({
  accountId,
  search,
  onClose,
}: {
  accountId: number;
  search: AccountSearch;
  onClose: () => void;
}) {
  const definition = useSignalCatalogue().get(search.signal ?? '');
  const { data } = useQuery(healthQuery(accountId, search.asOf));
  return (
    <SidePanel open={search.signal !== undefined} onClose={onClose} title={definition?.title ?? search.signal ?? ''}>
      {search.signal && (
        <SignalDetail
          key={search.signal}
          accountId={accountId}
          signalKey={search.signal}
          asOf={search.asOf}
          scorecard={data && asScorecard(data.definition)}
        />
      )}
    </SidePanel>
  );
}

function RiskPanel({
  accountId,
  riskId,
  onClose,
}: {
  accountId: number;
  riskId: number | undefined;
  onClose: () => void;
}) {
  const { data } = useQuery(accountRisksQuery(accountId));
  const risk = data?.items.find((one) => one.id === riskId);
  return (
    <SidePanel open={riskId !== undefined} onClose={onClose} title={risk?.title ?? 'Risk'}>
      {risk ? (
        <RiskDetail risk={risk} withAccount={false} />
      ) : data ? (
        <p className="text-sm text-muted">This risk is closed.</p>
      ) : (
        <SkeletonLines lines={6} />
      )}
    </SidePanel>
  );
}

function usePageCommands(change: (next: Partial<AccountSearch>) => void, canOverride: boolean): Command[] {
  return useMemo(() => {
    const group = 'This account';
    return [
      { id: 'what-if', label: 'What if: move signals, see the score', group, run: () => change({ panel: 'what-if' }) },
      ...(canOverride
        ? [{ id: 'override', label: 'Set health by hand', group, run: () => change({ panel: 'override' }) }]
        : []),
      { id: 'note', label: 'Write a note', group, run: () => change({ tab: 'notes' }) },
      { id: 'timeline', label: 'Show the timeline', group, run: () => change({ tab: 'timeline' }) },
    ];
  }, [change, canOverride]);
}

function HeadSkeleton() {
  return (
    <PageBody>
      <Skeleton className="mt-4 h-7 w-72" />
      <div className="mt-6 flex gap-8">
        {[1, 2, 3, 4, 5].map((figure) => (
          <Skeleton key={figure} className="h-12 w-24" />
        ))}
      </div>
      <Skeleton className="mt-6 h-24 w-full" />
      <div className="mt-8 grid gap-4 lg:grid-cols-[1fr_22rem]">
        <Skeleton className="h-96 w-full" />
        <Skeleton className="h-64 w-full" />
      </div>
    </PageBody>
  );
}

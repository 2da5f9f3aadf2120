import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Outlet, useMatchRoute, useNavigate, useSearch } from '@tanstack/react-router';
import { Plug } from 'lucide-react';
import type { ReconciliationSearch } from '#web/app/routes/intake.ts';
import { LatestImports } from '#web/features/imports/components/latest-imports.tsx';
import { findingsQuery } from '#web/features/intake/api/list-findings.ts';
import { rejectedQuery } from '#web/features/intake/api/list-rejected.ts';
import { unmatchedQuery } from '#web/features/intake/api/list-unmatched.ts';
import { Findings } from '#web/features/intake/components/findings.tsx';
import { FirstEvent } from '#web/features/intake/components/first-event.tsx';
import { LiveEvents } from '#web/features/intake/components/live-events.tsx';
import { Merges } from '#web/features/intake/components/merges.tsx';
import { SetAside } from '#web/features/intake/components/set-aside.tsx';
import { Sources } from '#web/features/intake/components/sources.tsx';
import { Unmatched } from '#web/features/intake/components/unmatched.tsx';
import { ContactMerges } from '#web/features/people/components/contact-merges.tsx';
import { disagreementsQuery } from '#web/features/reconciliation/api/list-disagreements.ts';
import { OrderPanel } from '#web/features/reconciliation/components/order-panel.tsx';
import { Reconciliation } from '#web/features/reconciliation/components/reconciliation.tsx';
import { DemoButton } from '#web/features/workspace/components/demo.tsx';
import { Connect } from '#web/features/write-keys/components/connect.tsx';
import { useSignedIn } from '#web/lib/session.ts';
import { useTitle } from '#web/lib/title.ts';
import { Button } from '#web/ui/button.tsx';
import { SidePanel } from '#web/ui/dialog.tsx';
import { LinkTabs } from '#web/ui/link-tabs.tsx';
import { PageBody, PageHeader } from '#web/ui/page.tsx';

/** Head and tabs of everything that comes in. */
export function IntakeLayout() {
  const matchRoute = useMatchRoute();
  const { can } = useSignedIn();
  const rejected = useInfiniteQuery(rejectedQuery);
  const unmatched = useInfiniteQuery(unmatchedQuery());
  const findings = useQuery(findingsQuery);
  const disagreements = useInfiniteQuery(disagreementsQuery({}));
  const navigate = useNavigate();
  return (
    <PageBody className="flex flex-col gap-4">
      <PageHeader
        title="Intake"
        note="Where facts come from, and what could not be placed"
        actions={
          can('intake.manage') && (
            <Button onClick={() => void navigate({ to: '/intake', search: { panel: 'connect' } })}>
              <Plug className="size-4" aria-hidden="true" />
              Connect a source
            </Button>
          )
        }
      />
      {!matchRoute({ to: '/intake/imports/$importId' }) && (
        <LinkTabs
          label="Intake"
          tabs={[
            { to: '/intake', label: 'Sources', exact: true },
            { to: '/intake/import', label: 'Import' },
            { to: '/intake/live', label: 'Live events' },
            { to: '/intake/set-aside', label: 'Set aside', count: rejected.data?.pages[0]?.total },
            { to: '/intake/unmatched', label: 'Unmatched', count: unmatched.data?.pages[0]?.total },
            { to: '/intake/findings', label: 'Findings', count: findings.data?.items.length },
            { to: '/intake/reconciliation', label: 'Reconciliation', count: disagreements.data?.pages[0]?.total },
            { to: '/intake/merges', label: 'Merges' },
          ]}
        />
      )}
      <Outlet />
    </PageBody>
  );
}

export function SourcesPage() {
  useTitle('Intake');
  const { panel } = useSearch({ from: '/app/intake/' });
  const { can, workspace } = useSignedIn();
  const navigate = useNavigate();
  const demo = can('members.manage') && !workspace.isDemo ? <DemoButton /> : null;
  return (
    <>
      <LatestImports />
      <Sources empty={<FirstEvent connect={<Connect />} demo={demo} />} />
      <SidePanel
        open={panel === 'connect'}
        onClose={() => void navigate({ to: '/intake', search: {} })}
        title="Connect a source"
        wide
      >
        <Connect />
      </SidePanel>
    </>
  );
}

export function LiveEventsPage() {
  useTitle('Live events');
  const { q } = useSearch({ from: '/app/intake/live' });
  const navigate = useNavigate();
  return (
    <LiveEvents
      filter={q ?? ''}
      onFilter={(next) => void navigate({ to: '/intake/live', search: { q: next || undefined }, replace: true })}
    />
  );
}

export function SetAsidePage() {
  useTitle('Events set aside');
  const { event } = useSearch({ from: '/app/intake/set-aside' });
  const navigate = useNavigate();
  return <SetAside open={event} onClose={() => void navigate({ to: '/intake/set-aside', search: {} })} />;
}

export function UnmatchedPage() {
  useTitle('Unmatched references');
  return <Unmatched />;
}

export function FindingsPage() {
  useTitle('Data findings');
  return <Findings />;
}

export function ReconciliationPage() {
  useTitle('Reconciliation');
  const { order, ...narrowing } = useSearch({ from: '/app/intake/reconciliation' });
  const navigate = useNavigate();
  const show = (search: ReconciliationSearch) => void navigate({ to: '/intake/reconciliation', search });
  return (
    <>
      <Reconciliation
        narrowing={narrowing}
        onNarrow={show}
        onOrder={(field) => show({ ...narrowing, order: field ?? '*' })}
      />
      <SidePanel open={order !== undefined} onClose={() => show(narrowing)} title="Order of sources">
        {order && <OrderPanel field={order} onField={(field) => show({ ...narrowing, order: field })} />}
      </SidePanel>
    </>
  );
}

export function MergesPage() {
  useTitle('Merges');
  return (
    <div className="flex flex-col gap-6">
      <Merges />
      <ContactMerges />
    </div>
  );
}

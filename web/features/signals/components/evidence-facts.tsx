import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { largestLoss } from '#core/health/largest-loss.ts';
import { roundToTenth } from '#core/health/shown-parts.ts';
import type { AccountSearch } from '#web/app/routes/accounts-search.ts';
import { healthChangeQuery, healthQuery } from '#web/features/health/api/get-health.ts';
import { daysBefore } from '#web/lib/days.ts';
import { formatNumber, formatPoints } from '#web/lib/format.ts';
import { useSignedIn } from '#web/lib/session.ts';
import { signalText, signalTexts, useSignalCatalogue } from '#web/lib/signals.ts';
import { DateText } from '#web/ui/date-text.tsx';
import { signalFactsQuery } from '../api/get-signals.ts';

const shown = 3;

export interface EvidenceFactsProps {
  accountId: number;
  signalKey: string;
  /** the past day of which the evidence is; undefined = it still holds */
  asOf: string | undefined;
}

/** What stands behind one line of a risk's evidence: the facts by name and day, or what pulls a judgement down. */
export function EvidenceFacts(props: EvidenceFactsProps) {
  if (props.signalKey === 'health.score') return <Pull {...props} />;
  if (props.signalKey.startsWith('health.change_')) return <Move {...props} />;
  return <Facts {...props} />;
}

function Facts({ accountId, signalKey, asOf }: EvidenceFactsProps) {
  const { data } = useInfiniteQuery(signalFactsQuery(accountId, signalKey, asOf));
  const facts = data?.pages[0]?.items ?? [];
  if (facts.length === 0) return null;
  return (
    <ul className="mt-1 flex flex-col gap-1 border-l border-line pl-2.5 text-xs">
      {facts.slice(0, shown).map((fact) => (
        <li key={fact.key}>
          <AccountLink accountId={accountId} search={placeOf(fact.kind)}>
            {fact.title}
          </AccountLink>
          <span className="text-faint">
            {fact.detail && ` ${fact.detail}`} · <DateText value={fact.at} />
          </span>
        </li>
      ))}
      {facts.length > shown && (
        <li>
          <AccountLink accountId={accountId} search={{ signal: signalKey }}>
            All facts behind it
          </AccountLink>
        </li>
      )}
    </ul>
  );
}

/** Where the account's page shows facts of a kind. */
function placeOf(kind: string): AccountSearch {
  if (kind === 'stakeholder') return { tab: 'people' };
  if (kind === 'subscription') return { tab: 'contracts' };
  return { tab: 'timeline', kinds: [kind] };
}

/** A low score: the component that costs most, and the signal in it. */
function Pull({ accountId, asOf }: EvidenceFactsProps) {
  const { workspace } = useSignedIn();
  const catalogue = useSignalCatalogue();
  const { data } = useQuery(healthQuery(accountId, asOf));
  if (!data || data.evaluation.score === null) return null;
  const loss = largestLoss(data.evaluation.components, (component) => component.score);
  if (!loss) return null;
  const inside = largestLoss(loss.of.signals, (signal) => signal.points)?.of;
  const definition = inside && catalogue.get(inside.key);
  return (
    <p className="mt-1 border-l border-line pl-2.5 text-xs">
      <b className="font-medium">{loss.of.title}</b> pulls it down most:{' '}
      {formatNumber(roundToTenth(loss.points), { digits: 1 })} of the{' '}
      {formatNumber(roundToTenth(100 - data.evaluation.score), { digits: 1 })} points that are missing
      {inside && (
        <>
          , by{' '}
          <AccountLink accountId={accountId} search={{ signal: inside.key }}>
            {definition?.title ?? inside.key}: {signalText(inside.value, definition, workspace.currency)}
          </AccountLink>
        </>
      )}
      .
    </p>
  );
}

/** A fall of the score: the component that fell most, and the signal in it. */
function Move({ accountId, signalKey, asOf }: EvidenceFactsProps) {
  const { workspace } = useSignedIn();
  const catalogue = useSignalCatalogue();
  const days = Number(/\d+/.exec(signalKey)?.[0] ?? 30);
  const { data } = useQuery(healthChangeQuery(accountId, daysBefore(asOf ?? workspace.today, days), asOf));
  if (!data?.change) return null;
  const sign = Math.sign(data.change);
  const most = (one: { points: number }, other: { points: number }) => (other.points - one.points) * sign;
  const part = data.parts.toSorted(most)[0];
  if (!part || part.points * sign <= 0) return null;
  const inside = part.signals.filter(({ key }) => key !== 'coverage').toSorted(most)[0];
  const definition = inside && catalogue.get(inside.key);
  return (
    <p className="mt-1 border-l border-line pl-2.5 text-xs">
      <b className="font-medium">{part.title}</b> moved it most, by {formatPoints(part.points)}
      {inside && (
        <>
          :{' '}
          <AccountLink accountId={accountId} search={{ signal: inside.key }}>
            {definition?.title ?? inside.key}{' '}
            {signalTexts([inside.from, inside.to], definition, workspace.currency).join(' to ')}
          </AccountLink>
        </>
      )}
      .
    </p>
  );
}

function AccountLink(props: { accountId: number; search: AccountSearch; children: ReactNode }) {
  return (
    <Link
      to="/accounts/$accountId"
      params={{ accountId: String(props.accountId) }}
      search={props.search}
      className="text-accent-text hover:underline"
    >
      {props.children}
    </Link>
  );
}

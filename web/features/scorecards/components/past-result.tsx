import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { Band } from '#core/health/scorecard.ts';
import { countOf, formatNumber, formatPercent } from '#web/lib/format.ts';
import { lookOf } from '#web/lib/scorecards.ts';
import { BandShape } from '#web/ui/band-badge.tsx';
import { DateText } from '#web/ui/date-text.tsx';
import { Money } from '#web/ui/money.tsx';
import type { ScorecardTrial } from '../api/try-scorecard.ts';
import { BandWeeks } from './band-weeks.tsx';

type Side = ScorecardTrial['before'];

export interface PastResultProps {
  trial: ScorecardTrial;
  before: readonly Band[];
  after: readonly Band[];
  currency: string;
}

export function PastResult({ trial, before, after, currency }: PastResultProps) {
  if (trial.after.days.length === 0) {
    return <p className="text-sm text-muted">Nothing is known of the past of accounts that it is for.</p>;
  }
  const lowest = after.at(-1)!.name;
  return (
    <div className="flex flex-col gap-5">
      <Warned trial={trial} lowest={lowest} />
      <div className="flex flex-col gap-2">
        <BandWeeks label="This one" days={trial.after.days} bands={after} />
        <BandWeeks label="Before" days={trial.before.days} bands={before} />
      </div>
      <LossShares trial={trial} before={before} after={after} />
      {trial.losses.length > 0 && <Losses trial={trial} lowest={lowest} currency={currency} />}
    </div>
  );
}

/** The one question: had it warned of those who left? */
function Warned({ trial: { before, after }, lowest }: { trial: ScorecardTrial; lowest: string }) {
  if (after.losses === 0) {
    return <p className="text-sm text-muted">No account churned or shrank in that time, so nothing can be proved.</p>;
  }
  return (
    <div>
      <p className="tnum text-2xl font-semibold tracking-tight">
        {formatNumber(after.warned)} of {formatNumber(after.losses)}{' '}
        <span className="text-base font-normal text-muted">losses seen in {lowest} before</span>
      </p>
      <p className="tnum text-xs text-muted">
        {after.medianLeadDays !== null && `${countOf(Math.round(after.medianLeadDays), 'day')} ahead in the median; `}
        before: {formatNumber(before.warned)} of {formatNumber(before.losses)}
        {before.medianLeadDays !== null && `, ${countOf(Math.round(before.medianLeadDays), 'day')} ahead`}
      </p>
      {after.separation !== null && (
        <p
          className="tnum mt-1 text-xs text-muted"
          title="Of two accounts of which one was lost within 90 days: how often the lost one had the lower score. 50% is chance."
        >
          The lost one of two scores lower in <Strong>{formatPercent(after.separation)}</Strong> of cases
          {before.separation !== null && `; before: ${formatPercent(before.separation)}`}
        </p>
      )}
    </div>
  );
}

function Strong({ children }: { children: ReactNode }) {
  return <span className="font-semibold text-text">{children}</span>;
}

function LossShares({ trial, before, after }: Omit<PastResultProps, 'currency'>) {
  const all = [...after, ...before.filter(({ key }) => !after.some((band) => band.key === key))];
  const keys = [...all.map(({ key }) => key as string | null), null];
  const of = (side: Side, key: string | null) => side.lossByBand.find(({ band }) => band === key);
  const rows = keys.filter((key) => of(trial.after, key) || of(trial.before, key));
  if (rows.length === 0) return null;
  return (
    <table className="w-full text-xs">
      <caption className="mb-1 text-left text-faint">
        Lost within 90 days, of the weeks that accounts spent in a band
      </caption>
      <thead className="text-left text-faint">
        <tr>
          <th className="pb-1 font-normal">Band</th>
          <th className="pb-1 text-right font-normal">Before</th>
          <th className="pb-1 text-right font-normal">This one</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((key) => {
          const look = lookOf(key, all);
          return (
            <tr key={key} className="border-t border-line">
              <td className="py-1.5 pr-2">
                <span className="flex items-center gap-1.5 text-text">
                  <BandShape tone={look.tone} />
                  {look.name}
                </span>
              </td>
              <ShareCell share={of(trial.before, key)} className="text-muted" />
              <ShareCell share={of(trial.after, key)} className="font-medium text-text" />
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

function ShareCell({ share, className }: { share: Side['lossByBand'][number] | undefined; className: string }) {
  if (!share || share.share === null) return <td className="py-1.5 text-right text-faint">·</td>;
  const { low, high, lost, of } = share;
  return (
    <td
      className={`tnum py-1.5 text-right ${className}`}
      title={`${formatNumber(lost)} of ${formatNumber(of)}; with 95% certainty between ${formatPercent(low!)} and ${formatPercent(high!)} if weeks were independent`}
    >
      {formatPercent(share.share, { digits: 1 })}
    </td>
  );
}

const lossesShown = 8;

function Losses({ trial, lowest, currency }: { trial: ScorecardTrial; lowest: string; currency: string }) {
  return (
    <div>
      <h3 className="mb-1 text-xs text-faint">Largest losses, and since when each had them in {lowest}</h3>
      <ul className="flex flex-col">
        {trial.losses.slice(0, lossesShown).map((loss) => (
          <li key={`${loss.accountId} ${loss.lostOn}`} className="border-t border-line py-1.5 text-xs">
            <span className="flex items-center gap-2">
              <Link
                to="/accounts/$accountId"
                params={{ accountId: String(loss.accountId) }}
                className="min-w-0 flex-1 truncate font-medium text-text hover:underline"
              >
                {loss.accountName}
              </Link>
              <span className="text-muted">
                {loss.kind === 'churned' ? 'lost' : 'shrank by'}{' '}
                <Money amountMinor={loss.arrLostMinor} currency={currency} short /> on{' '}
                <DateText value={loss.lostOn} absolute />
              </span>
            </span>
            <span className="tnum text-faint">
              This one: <Since day={loss.lowestSinceAfter} />; before: <Since day={loss.lowestSinceBefore} />
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}

function Since({ day }: { day: string | null }) {
  return day === null ? 'no warning' : <DateText value={day} absolute className="text-text" />;
}

import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { ArrowRight } from 'lucide-react';
import type { Band, Scorecard } from '#core/health/scorecard.ts';
import { errorText } from '#web/lib/errors.ts';
import { countOf, formatMoney, formatNumber } from '#web/lib/format.ts';
import { lookOf } from '#web/lib/scorecards.ts';
import { BandBadge, BandShape } from '#web/ui/band-badge.tsx';
import { cx } from '#web/ui/cx.ts';
import { Money } from '#web/ui/money.tsx';
import { Skeleton } from '#web/ui/skeleton.tsx';
import { ErrorState } from '#web/ui/states.tsx';
import { type BookPreview, previewQuery } from '../api/preview-scorecard.ts';

export interface PreviewPanelProps {
  /** the newest definition without a fault */
  card: Scorecard;
  /** whether what is on the page has a fault, so that the preview is of an earlier moment */
  behind: boolean;
  /** undefined = the primary scorecard */
  compareWith: number | undefined;
  /** what it is held against, by name, with its bands */
  against: { name: string; bands: readonly Band[] };
  currency: string;
}

/** What the definition would make of the whole book, while it is edited. */
export function PreviewPanel({ card, behind, compareWith, against, currency }: PreviewPanelProps) {
  const preview = useQuery(previewQuery(card, compareWith));
  const waiting = behind || preview.isPlaceholderData;
  return (
    <section
      aria-label="Preview over the whole book"
      aria-busy={waiting}
      className="rounded-lg border border-line bg-surface"
    >
      <header className="border-b border-line px-4 py-3">
        <h2 className="text-base font-semibold">Over the whole book</h2>
        <p className="text-xs text-faint">
          {behind ? 'As of the last version without a fault' : `Against ${against.name} as it is live`}
          {preview.data &&
            !waiting &&
            `, ${formatNumber(preview.data.accounts)} accounts in ${formatNumber(preview.data.tookMs, { digits: 0 })} ms`}
        </p>
      </header>
      <div className={cx('p-4 transition-opacity', waiting && preview.data && 'opacity-60')}>
        {preview.data ? (
          <PreviewBody preview={preview.data} before={against.bands} after={card.bands} currency={currency} />
        ) : preview.error ? (
          <ErrorState compact {...errorText(preview.error)} onRetry={() => void preview.refetch()} />
        ) : (
          <div className="flex flex-col gap-3">
            <Skeleton className="h-8 w-48" />
            <Skeleton className="h-28 w-full" />
            <Skeleton className="h-40 w-full" />
          </div>
        )}
      </div>
    </section>
  );
}

interface BodyProps {
  preview: BookPreview;
  before: readonly Band[];
  after: readonly Band[];
  currency: string;
}

function PreviewBody({ preview, before, after, currency }: BodyProps) {
  if (preview.accounts === 0) {
    return (
      <p className="text-sm text-muted">No account is scored by it: there are none yet, or the condition fits none.</p>
    );
  }
  return (
    <div className="flex flex-col gap-5">
      <div aria-live="polite">
        <p className="tnum text-2xl font-semibold tracking-tight">
          {preview.changed === 0 ? 'No account' : countOf(preview.changed, 'account')}{' '}
          <span className="text-base font-normal text-muted">{preview.changed < 2 ? 'changes' : 'change'} band</span>
        </p>
        <p className="tnum text-xs text-muted">
          of {formatNumber(preview.accounts)}, those without ARR among them
          {preview.changed > 0 && `, ${formatMoney(preview.arrChangedMinor, currency, { short: true })} ARR affected`}
          {preview.insufficient > 0 && `; ${formatNumber(preview.insufficient)} without enough data`}
        </p>
      </div>
      <BandCounts preview={preview} before={before} after={after} currency={currency} />
      {preview.changed > 0 && (
        <>
          <Moves preview={preview} before={before} after={after} currency={currency} />
          <Examples preview={preview} before={before} after={after} currency={currency} />
        </>
      )}
    </div>
  );
}

/** Accounts in each band before and after, as paired bars. */
function BandCounts({ preview, before, after, currency }: BodyProps) {
  const most = Math.max(1, ...preview.bands.flatMap((row) => [row.before, row.after]));
  const all = [...after, ...before.filter(({ key }) => !after.some((band) => band.key === key))];
  const rows = all.flatMap(({ key }) => preview.bands.find(({ band }) => band === key) ?? []);
  return (
    <table className="w-full text-xs">
      <thead className="text-left text-faint">
        <tr>
          <th className="pb-1 font-normal">Band</th>
          <th className="pb-1 font-normal">
            <span className="sr-only">Bars</span>
          </th>
          <th className="pb-1 text-right font-normal">Before</th>
          <th className="pb-1 text-right font-normal">After</th>
          <th className="pb-1 text-right font-normal">ARR after</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => {
          const look = lookOf(row.band, all);
          return (
            <tr key={row.band} className="border-t border-line">
              <td className="py-1.5 pr-2">
                <span className="flex items-center gap-1.5 whitespace-nowrap text-text">
                  <BandShape tone={look.tone} />
                  {look.name}
                </span>
              </td>
              <td className="w-full py-1.5 pr-2" aria-hidden="true">
                <span
                  className="block h-1 rounded-full bg-none-fill"
                  style={{ width: `${(row.before / most) * 100}%` }}
                />
                <span
                  className="mt-0.5 block h-1.5 rounded-full"
                  style={{ width: `${(row.after / most) * 100}%`, background: `var(--${look.tone}-fill)` }}
                />
              </td>
              <td className="tnum py-1.5 text-right text-muted">{formatNumber(row.before)}</td>
              <td className="tnum py-1.5 pl-2 text-right font-medium text-text">
                {formatNumber(row.after)}
                <Difference by={row.after - row.before} />
              </td>
              <td className="tnum py-1.5 pl-2 text-right text-muted">
                <Money amountMinor={row.arrAfterMinor} currency={currency} short />
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

function Difference({ by }: { by: number }) {
  if (by === 0) return null;
  return <span className="ml-1 font-normal text-faint">{formatNumber(by, { sign: true })}</span>;
}

/** From which band to which, as a matrix; what stays is quiet, what falls is marked. */
function Moves({ preview, before, after, currency }: BodyProps) {
  const from = [...before.map(({ key }) => key), null].filter((key) => preview.moves.some((move) => move.from === key));
  const to = [...after.map(({ key }) => key), null].filter((key) => preview.moves.some((move) => move.to === key));
  const at = (one: string | null, other: string | null) =>
    preview.moves.find((move) => move.from === one && move.to === other);
  return (
    <div className="overflow-x-auto">
      <table className="w-full text-xs">
        <caption className="mb-1 text-left text-faint">Accounts by band before (rows) and after (columns)</caption>
        <thead>
          <tr>
            <td />
            {to.map((key) => (
              <th key={key} scope="col" className="px-1 pb-1 text-center font-normal text-muted">
                {lookOf(key, after).name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {from.map((row) => (
            <tr key={row}>
              <th scope="row" className="py-0.5 pr-2 text-left font-normal whitespace-nowrap text-muted">
                {lookOf(row, before).name}
              </th>
              {to.map((column) => {
                const move = at(row, column);
                const stays = row === column;
                return (
                  <td key={column} className="p-0.5">
                    <span
                      title={move && `${formatMoney(move.arrMinor, currency)} ARR`}
                      className={cx(
                        'tnum flex h-7 items-center justify-center rounded-sm',
                        !move
                          ? 'text-faint'
                          : stays
                            ? 'bg-sunken text-muted'
                            : 'bg-accent-soft font-semibold text-accent-text',
                      )}
                    >
                      {move ? formatNumber(move.accounts) : '·'}
                    </span>
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const examplesShown = 8;

/** The accounts with most ARR that change band. */
function Examples({ preview, before, after, currency }: BodyProps) {
  return (
    <div>
      <h3 className="mb-1 text-xs text-faint">Largest that change</h3>
      <ul className="flex flex-col">
        {preview.examples.slice(0, examplesShown).map((example) => {
          const from = lookOf(example.from, before);
          const to = lookOf(example.to, after);
          return (
            <li
              key={example.id}
              className="flex flex-wrap items-center gap-x-2 gap-y-1 border-t border-line py-1.5 text-xs"
            >
              <Link
                to="/accounts/$accountId"
                params={{ accountId: String(example.id) }}
                className="min-w-24 flex-1 truncate font-medium text-text hover:underline"
              >
                {example.name}
              </Link>
              <Money amountMinor={example.arrMinor} currency={currency} short className="text-muted" />
              <span className="flex items-center gap-1">
                <BandBadge tone={from.tone} name={from.name} score={example.scoreBefore} bands={before} />
                <ArrowRight className="size-3 text-faint" aria-label="becomes" />
                <BandBadge tone={to.tone} name={to.name} score={example.scoreAfter} bands={after} />
              </span>
            </li>
          );
        })}
      </ul>
      {preview.changed > examplesShown && (
        <p className="mt-1 text-xs text-faint">
          and {formatNumber(preview.changed - Math.min(examplesShown, preview.examples.length))} more
        </p>
      )}
    </div>
  );
}

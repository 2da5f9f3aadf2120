import { ChevronRight } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import type { Band } from '#core/health/scorecard.ts';
import { roundToTenth, showParts } from '#core/health/shown-parts.ts';
import { scoreText } from '#web/lib/score-text.ts';
import { fillClass, type StatusTone, textClass } from './badge.tsx';
import { BandShape } from './band-badge.tsx';
import { cx } from './cx.ts';

export interface HealthPart {
  key: string;
  title: string;
  /** percent of the whole */
  weight: number;
  /** 0–100; null when nothing of it is known */
  score: number | null;
  /** points that it adds to the total; 0 when missing */
  contribution: number;
  /** share of its signals' weight that is known, 0–1 */
  present: number;
  tone: StatusTone;
  /** its signals, shown when it is opened; given the points that stand beside it, which theirs add up to */
  detail?: ReactNode | ((points: number | undefined) => ReactNode);
  /** how to get what is missing, for example a link "Connect surveys" */
  connect?: ReactNode;
}

export interface HealthBarsProps {
  parts: readonly HealthPart[];
  /** exact; null when there is not enough data */
  total: number | null;
  openAtFirst?: string;
  /** of the scorecard, so that no score is written as one of another band */
  bands?: readonly Pick<Band, 'lower'>[];
}

/** The columns of components and of the signals below them: arrow, name, bar (where there is room), score, points. */
export const healthColumns =
  'grid grid-cols-[1rem_minmax(0,1fr)_3.25rem_3rem] @sm:grid-cols-[1.25rem_minmax(5.5rem,1.6fr)_minmax(4rem,1fr)_3.5rem_3rem] @lg:grid-cols-[1.25rem_minmax(7rem,1fr)_minmax(5rem,1.3fr)_3.5rem_3rem] items-center gap-x-2 @sm:gap-x-3';
/** The same where no component can be opened. */
const flatColumns =
  'grid grid-cols-[minmax(0,1fr)_3.25rem_3rem] @sm:grid-cols-[minmax(5.5rem,1fr)_minmax(4rem,1fr)_3.5rem_3rem] items-center gap-x-2 @sm:gap-x-3';
/** The cell of the bar, which a narrow place leaves out. */
export const barCell = 'hidden @sm:block';

/** Components as bars: the width is the weight, the fill is the score, and the filled parts add up to the total. */
export function HealthBars({ parts, total, openAtFirst, bands = [] }: HealthBarsProps) {
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set(openAtFirst ? [openAtFirst] : []));
  const known = parts.filter((part) => part.score !== null);
  const written = showParts(
    known.map((part) => part.contribution),
    total === null ? undefined : roundToTenth(total),
  );
  // without a total no part has points of it
  const writtenOf = new Map(total === null ? [] : known.map((part, index) => [part.key, written[index]!.shown]));
  const openable = parts.some((part) => part.detail !== undefined);
  const columns = openable ? healthColumns : flatColumns;
  const widest = Math.max(...parts.map((part) => part.weight), 1);
  const toggle = (key: string) => {
    const next = new Set(open);
    if (!next.delete(key)) next.add(key);
    setOpen(next);
  };
  return (
    <div className="@container">
      <Strip parts={parts} named={!openable} />
      <div className={cx(columns, 'mt-4 mb-1 text-2xs text-faint')}>
        {openable && <span />}
        <span>Component</span>
        <span className={barCell} />
        <span className="text-right">Score</span>
        <span className="text-right">Points</span>
      </div>
      <ul>
        {parts.map((part) => (
          <li key={part.key} className="border-t border-line">
            <PartRow
              part={part}
              openable={openable}
              open={open.has(part.key)}
              widest={widest}
              points={writtenOf.get(part.key)}
              bands={bands}
              onToggle={() => toggle(part.key)}
            />
            {part.connect && part.score === null && <div className="pb-2 pl-6 text-xs @sm:pl-8">{part.connect}</div>}
            {open.has(part.key) && (
              <div className="pb-2">
                {typeof part.detail === 'function' ? part.detail(writtenOf.get(part.key)) : part.detail}
              </div>
            )}
          </li>
        ))}
        <li className={cx(columns, 'border-t border-line-strong py-2 text-sm font-semibold')}>
          {openable && <span />}
          <span>{total === null ? 'Not enough data for a score' : 'Total'}</span>
          <span className={barCell} />
          <span />
          <span className="tnum text-right">{total === null ? '–' : roundToTenth(total).toFixed(1)}</span>
        </li>
      </ul>
    </div>
  );
}

interface PartRowProps {
  part: HealthPart;
  /** whether any part can be opened, so that there is a column of arrows */
  openable: boolean;
  open: boolean;
  /** the largest weight, which fills the column */
  widest: number;
  /** written points; undefined when nothing is known */
  points: number | undefined;
  bands: readonly Pick<Band, 'lower'>[];
  onToggle: () => void;
}

function PartRow({ part, openable, open, widest, points, bands, onToggle }: PartRowProps) {
  const content = (
    <>
      {openable && (
        <ChevronRight
          aria-hidden="true"
          className={cx('size-4 text-faint transition-transform', open && 'rotate-90', !part.detail && 'invisible')}
        />
      )}
      <span className="min-w-0">
        <span className="block text-sm font-medium break-words text-text">{part.title}</span>
        <span className="tnum block text-xs text-faint">
          {part.weight}% weight
          {part.score !== null && part.present < 1 && `, ${Math.round(part.present * 100)}% of it known`}
        </span>
      </span>
      <span className={barCell} style={{ width: `${(part.weight / widest) * 100}%` }}>
        <Bar part={part} className="h-3" />
      </span>
      <span className={cx('tnum flex items-center justify-end gap-1.5 text-sm', textClass[part.tone])}>
        {part.score === null ? <span className="text-xs text-faint">no data</span> : scoreText(part.score, bands)}
        {part.score !== null && <BandShape tone={part.tone} />}
      </span>
      <span className="tnum text-right text-sm font-medium text-text">
        {points === undefined ? '–' : points.toFixed(1)}
      </span>
    </>
  );
  const className = cx(openable ? healthColumns : flatColumns, 'w-full rounded-sm py-2 text-left');
  if (!part.detail) return <div className={className}>{content}</div>;
  return (
    <button type="button" aria-expanded={open} onClick={onToggle} className={cx(className, 'hover:bg-hover')}>
      {content}
    </button>
  );
}

/** All components side by side: together exactly as wide as the whole; `named` below each. */
function Strip({ parts, named }: { parts: readonly HealthPart[]; named: boolean }) {
  const said = parts.map(
    (part) => `${part.title} ${part.score === null ? 'no data' : Math.round(part.score)}, weight ${part.weight}%`,
  );
  return (
    <>
      <div role="img" aria-label={said.join('; ')} className="flex h-7 gap-0.5">
        {parts.map((part) => (
          <span key={part.key} className="min-w-1" style={{ width: `${part.weight}%` }} title={part.title}>
            <Bar part={part} className="h-full" />
          </span>
        ))}
      </div>
      {named && (
        <div aria-hidden="true" className="mt-1 flex gap-0.5 text-2xs text-faint">
          {parts.map((part) => (
            <span key={part.key} className="truncate" style={{ width: `${part.weight}%` }}>
              {part.title}
            </span>
          ))}
        </div>
      )}
    </>
  );
}

function Bar({ part, className }: { part: HealthPart; className: string }) {
  const uncertain = part.score === null || part.present < 1;
  return (
    <span
      className={cx(
        'relative block overflow-hidden rounded-xs bg-none-soft ring-1 ring-line-strong/60 ring-inset',
        part.score === null && 'hatched',
        className,
      )}
    >
      {part.score !== null && (
        <span className={cx('absolute inset-y-0 left-0', fillClass[part.tone])} style={{ width: `${part.score}%` }} />
      )}
      {uncertain && part.score !== null && (
        <span className="hatched absolute inset-y-0 right-0" style={{ width: `${(1 - part.present) * 100}%` }} />
      )}
    </span>
  );
}

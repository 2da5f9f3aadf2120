import type { Band } from '#core/health/scorecard.ts';
import { formatDate, formatNumber } from '#web/lib/format.ts';
import { lookOf } from '#web/lib/scorecards.ts';
import type { ScorecardTrial } from '../api/try-scorecard.ts';

const height = 44;

/** Accounts by band for each week, as a narrow stack: whether a version sees the book better or worse than another. */
export function BandWeeks({
  label,
  days,
  bands,
}: {
  label: string;
  days: ScorecardTrial['before']['days'];
  bands: readonly Band[];
}) {
  const most = Math.max(1, ...days.map((week) => week.bands.reduce((sum, { accounts }) => sum + accounts, 0)));
  const last = days.at(-1);
  const said = (last?.bands ?? []).map(({ band, accounts }) => `${lookOf(band, bands).name} ${formatNumber(accounts)}`);
  return (
    <figure>
      <figcaption className="mb-0.5 flex justify-between text-xs text-faint">
        <span>{label}: accounts by band</span>
        <span className="tnum">{last && formatDate(last.day)}</span>
      </figcaption>
      <svg
        role="img"
        aria-label={`${label}: accounts by band every seven days; at the end ${said.join(', ')}`}
        viewBox={`0 0 ${days.length} ${height}`}
        preserveAspectRatio="none"
        shapeRendering="crispEdges"
        className="block h-11 w-full rounded-sm bg-sunken"
      >
        {days.map((week, x) => {
          let y = height;
          return week.bands.toReversed().map(({ band, accounts }) => {
            const tall = (accounts / most) * height;
            y -= tall;
            const fill = `var(--${lookOf(band, bands).tone}-fill)`;
            return <rect key={`${week.day} ${band}`} x={x} y={y} width={1.02} height={tall} fill={fill} />;
          });
        })}
      </svg>
    </figure>
  );
}

import { formatPercent } from '#web/lib/format.ts';
import type { TrackRecord } from '../api/list-rules.ts';

const height = 22;

/** The share of accounts lost after the rule opened, its likely range, and the share among all accounts as a line. */
export function ShareBar({ record, width = 140 }: { record: TrackRecord; width?: number }) {
  const { share180, low180, high180, baseShare180 } = record;
  if (share180 === null) return null;
  // The same scale for every rule, so that bars can be compared down the list.
  const x = (share: number) => share * width;
  const said = `Lost within 180 days: ${formatPercent(share180)}${baseShare180 === null ? '' : `, of all accounts ${formatPercent(baseShare180)}`}`;
  return (
    <svg
      viewBox={`0 0 ${width} ${height}`}
      width={width}
      height={height}
      role="img"
      aria-label={said}
      className="block overflow-visible"
    >
      <title>{said}</title>
      <rect x="0" y="6" width={width} height="10" rx="2" fill="var(--none-soft)" />
      <rect x="0" y="6" width={Math.max(1, x(share180))} height="10" rx="2" fill="var(--accent)" opacity="0.8" />
      {low180 !== null && high180 !== null && (
        <g stroke="var(--text)" strokeWidth="1.25">
          <line x1={x(low180)} x2={x(high180)} y1="11" y2="11" />
          <line x1={x(low180)} x2={x(low180)} y1="8.5" y2="13.5" />
          <line x1={x(high180)} x2={x(high180)} y1="8.5" y2="13.5" />
        </g>
      )}
      {baseShare180 !== null && (
        <line
          x1={x(baseShare180)}
          x2={x(baseShare180)}
          y1="2"
          y2="20"
          stroke="var(--text)"
          strokeWidth="1.5"
          strokeDasharray="2 2"
        />
      )}
    </svg>
  );
}

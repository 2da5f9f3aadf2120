import { formatNumber } from '#web/lib/format.ts';
import { useNow } from '#web/lib/now.ts';
import { lastHour, type Minute } from '../minutes.ts';

const width = 180;
const height = 28;

/** What a source sent in each minute of the last hour; the part that was set aside in red on top. */
export function MinuteBars({ minutes: known, title }: { minutes: readonly Minute[]; title: string }) {
  const minutes = lastHour(known, useNow());
  const most = Math.max(1, ...minutes.map(({ accepted, rejected }) => accepted + rejected));
  const total = minutes.reduce((sum, { accepted }) => sum + accepted, 0);
  const step = width / minutes.length;
  return (
    <svg
      viewBox={`0 0 ${width} ${height}`}
      width={width}
      height={height}
      role="img"
      aria-label={`${title}: ${formatNumber(total)} events in the last hour, at most ${formatNumber(most)} in a minute`}
      className="block max-w-full"
    >
      <line x1="0" x2={width} y1={height - 0.5} y2={height - 0.5} stroke="var(--border-strong)" />
      {minutes.map(({ minute, accepted, rejected }, index) => {
        const total = ((accepted + rejected) / most) * (height - 2);
        const bad = (rejected / most) * (height - 2);
        return (
          <g key={minute}>
            <title>{`${minute.slice(11, 16)}: ${accepted} accepted, ${rejected} set aside`}</title>
            <rect
              x={index * step}
              y={height - 1 - total}
              width={step * 0.72}
              height={total}
              fill="var(--accent)"
              opacity="0.75"
            />
            {bad > 0 && (
              <rect
                x={index * step}
                y={height - 1 - total}
                width={step * 0.72}
                height={Math.max(1.5, bad)}
                fill="var(--critical-fill)"
              />
            )}
          </g>
        );
      })}
    </svg>
  );
}

import { CalendarCheck, LogIn, MessageSquareWarning, Receipt, ShieldAlert } from 'lucide-react';
import { useState } from 'react';
import { renewal6 } from '#core/health/shipped/renewal-6.ts';
import { Chart } from '#web/ui/chart/chart.tsx';
import { lineOption, scatterOption, stackedOption } from '#web/ui/chart/options.ts';
import { CurveEditor } from '#web/ui/curve-editor.tsx';
import { HealthBars, type HealthPart } from '#web/ui/health-bars.tsx';
import { Section } from '#web/ui/page.tsx';
import { Timeline, type TimelineEntry } from '#web/ui/timeline.tsx';
import { Waterfall } from '#web/ui/waterfall.tsx';

const part = (
  key: string,
  title: string,
  weight: number,
  score: number | null,
  contribution: number,
  present = 1,
): HealthPart => ({
  key,
  title,
  weight,
  score,
  contribution,
  present,
  tone: score === null ? 'none' : score >= 70 ? 'good' : score >= 40 ? 'warning' : 'critical',
  detail: <p className="text-xs text-muted">Its signals.</p>,
});
const parts = [
  part('usage', 'Product usage', 30, 52, 17.3333),
  part('adoption', 'Feature adoption', 20, 55, 12.2222),
  part('support', 'Support sentiment', 15, 61.25, 10.2083),
  part('engagement', 'Engagement', 15, 81.25, 13.5417, 0.5),
  {
    ...part('outcome', 'Business outcome', 10, null, 0, 0),
    connect: <span className="text-faint">Connect success plans</span>,
  },
  part('contract', 'Contract and payment', 10, 88, 9.7778),
];
const days = Array.from({ length: 90 }, (_, index) =>
  new Date(Date.UTC(2026, 7, 24 + index)).toISOString().slice(0, 10),
);
const wave = (base: number, swing: number, speed: number) =>
  days.map((_, index) => Math.round(base + swing * Math.sin(index / speed)));
const money = (value: number) => `€${(value / 1000).toFixed(1)}M`;
const points = Array.from({ length: 60 }, (_, index) => {
  const y = (index * 37) % 100;
  return {
    name: `Account ${index}`,
    x: (index * 53) % 365,
    y,
    size: ((index * 29) % 100) / 100,
    tone: y >= 70 ? ('good' as const) : y >= 40 ? ('warning' as const) : ('critical' as const),
    lines: [`health ${y}`],
  };
});
const entry = (
  key: string,
  kind: string,
  day: string,
  title: string,
  more: Partial<TimelineEntry> = {},
): TimelineEntry => ({
  key,
  kind,
  day,
  at: `${day}T09:30:00Z`,
  title,
  detail: null,
  tone: 'neutral',
  ...more,
});
const entries = [
  entry('1', 'usage', '2026-11-21', '42 logins by 7 people'),
  entry('2', 'ticket', '2026-11-21', 'Ticket opened: export fails for large workspaces', {
    tone: 'bad',
    detail: 'urgent, by Inês Duarte',
  }),
  entry('3', 'touchpoint', '2026-11-20', 'Quarterly review held', { tone: 'good', detail: '4 of 5 invited came' }),
  entry('4', 'risk', '2026-11-18', 'Risk opened: logins down', { tone: 'bad', detail: 'usage.login_change −0.54' }),
  entry('5', 'invoice', '2026-11-15', 'Invoice 2026-118 paid, €12,000', { tone: 'good' }),
];
const kinds = [
  { kind: 'usage', label: 'Usage', icon: LogIn },
  { kind: 'ticket', label: 'Tickets', icon: MessageSquareWarning },
  { kind: 'touchpoint', label: 'Touchpoints', icon: CalendarCheck },
  { kind: 'invoice', label: 'Invoices', icon: Receipt },
  { kind: 'risk', label: 'Risks', icon: ShieldAlert },
];

export function HealthParts() {
  const [curve, setCurve] = useState([
    { x: 0, y: 0 },
    { x: 0.15, y: 40 },
    { x: 0.4, y: 70 },
    { x: 0.6, y: 100 },
  ]);
  const [shown, setShown] = useState<string[]>([]);
  const share = (x: number) => `${Math.round(x * 100)}%`;
  return (
    <>
      <div className="grid gap-4 lg:grid-cols-2">
        <Section title="Why the score is 63">
          <HealthBars parts={parts} total={63.0833} />
        </Section>
        <Section title="Why it changed">
          <Waterfall
            from={{ label: '22 Oct 2026', score: 71.42 }}
            to={{ label: 'Now', score: 63.08 }}
            parts={[
              { key: 'usage', title: 'Product usage', points: -9.61, detail: 'stickiness 38% to 25%' },
              { key: 'support', title: 'Support sentiment', points: -2.18, detail: 'tickets 1 to 3' },
              { key: 'engagement', title: 'Engagement', points: 4.02, detail: 'reply time 70 h to 48 h' },
              { key: 'coverage', title: 'More of it known', points: -0.57 },
            ]}
          />
        </Section>
        <Section title="Curve" note="Drag the points, or move them with the arrow keys">
          <CurveEditor
            label="Stickiness"
            points={curve}
            bands={renewal6.bands}
            value={0.25}
            onChange={setCurve}
            formatX={share}
          />
        </Section>
        <Section title="Timeline">
          <Timeline entries={entries} kinds={kinds} shown={shown} onShown={setShown} today="2026-11-21" />
        </Section>
      </div>
      <div className="grid gap-4 lg:grid-cols-2">
        <Section title="Charts" plain>
          <Chart
            title="ARR by band"
            note="Daily, in millions"
            summary="ARR by band over 90 days; red grows from 0.9 to 1.2 million"
            option={(colors, height) =>
              stackedOption(
                colors,
                {
                  days,
                  format: money,
                  series: [
                    { name: 'Red', values: wave(900, 200, 20), tone: 'critical' },
                    { name: 'Yellow', values: wave(2400, 300, 14), tone: 'warning' },
                    { name: 'Green', values: wave(5100, 200, 17), tone: 'good' },
                    { name: 'No score', values: wave(500, 20, 9), tone: 'none' },
                  ],
                },
                height,
              )
            }
            table={{ head: ['Day', 'Red'], rows: days.map((day) => [day, 1]) }}
          />
        </Section>
        <Section title="With bands and a gap" plain>
          <Chart
            title="Health"
            summary="Health over 90 days"
            option={(colors) =>
              lineOption(colors, {
                days,
                series: [
                  {
                    name: 'Health',
                    values: wave(58, 22, 15).map((value, index) => (index > 40 && index < 48 ? null : value)),
                  },
                ],
                format: String,
                bands: renewal6.bands,
                range: [0, 100],
              })
            }
            table={{ head: ['Day', 'Health'], rows: days.map((day, index) => [day, index]) }}
          />
        </Section>
        <Section title="Scatter" plain>
          <Chart
            title="Health against days to renewal"
            summary="60 accounts"
            option={(colors) =>
              scatterOption(colors, {
                points,
                xName: 'days to renewal',
                yName: 'health',
                bands: renewal6.bands,
                xMax: 365,
              })
            }
            table={{ head: ['Account', 'Health'], rows: points.map((point) => [point.name, point.y]) }}
          />
        </Section>
      </div>
    </>
  );
}

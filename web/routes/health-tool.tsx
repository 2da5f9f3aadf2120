import { useState } from 'react';
import { byHand, type Factor, factors, factorWeights, target } from '#core/health/by-hand.ts';
import { bandOf } from '#core/health/evaluate.ts';
import { simple4 } from '#core/health/shipped/simple-4.ts';
import { useTitle } from '#web/lib/title.ts';
import { BandBadge } from '#web/ui/band-badge.tsx';
import { HealthBars } from '#web/ui/health-bars.tsx';
import { Mark } from '#web/ui/mark.tsx';
import { Slider } from '#web/ui/toggles.tsx';

const words: Record<Factor, { title: string; asks: string }> = {
  engagement: { title: 'Engagement', asks: 'Do they come to meetings and answer within a day?' },
  satisfaction: { title: 'Satisfaction', asks: 'What do surveys and support ratings say?' },
  adoption: { title: 'Adoption', asks: 'How many of the features they pay for do they use?' },
  growth: { title: 'Growth', asks: 'Do seats and spend grow, hold or shrink?' },
};
const start: Record<Factor, number> = { engagement: 80, satisfaction: 60, adoption: 90, growth: 40 };

/** A public calculator: four figures by hand, the score, its band, and what to do first. Works without a connection once loaded. */
export function HealthToolPage() {
  useTitle('Customer health score calculator');
  const [figures, setFigures] = useState(start);
  const result = byHand(figures);
  return (
    <div className="min-h-dvh bg-page">
      <main className="mx-auto max-w-5xl px-4 py-8 sm:px-6 sm:py-12">
        <header className="mb-8">
          <p className="mb-4 flex items-center gap-2 text-sm font-semibold">
            <Mark /> Perennial
          </p>
          <h1 className="text-2xl font-semibold">Customer health score</h1>
          <p className="mt-1 max-w-xl text-muted">
            Rate one customer on four factors, each from 0 to 100. The score, and what to do first, follow from them at
            once. Nothing you enter leaves this page.
          </p>
        </header>
        <div className="grid gap-6 md:grid-cols-2">
          <section
            aria-label="Factors and recommendations"
            className="flex flex-col gap-6 rounded-lg border border-line bg-surface p-5"
          >
            {factors.map((factor) => (
              <div key={factor}>
                <Slider
                  label={`${words[factor].title}, ${factorWeights[factor]}%`}
                  value={figures[factor]}
                  onChange={(value) => setFigures({ ...figures, [factor]: value })}
                />
                <p className="text-xs text-faint">{words[factor].asks}</p>
              </div>
            ))}
            <div className="border-t border-line pt-5">
              <h2 className="mb-3 text-base font-semibold">
                {result.recommendations.length === 0 ? 'Nothing to mend' : 'What would help first'}
              </h2>
              {result.recommendations.length === 0 && (
                <p className="text-sm text-muted">
                  All four factors are at their best. Ask this customer to speak for you.
                </p>
              )}
              {result.recommendations.map(({ factor, texts }) => (
                <div key={factor} className="mb-4 last:mb-0">
                  <h3 className="mb-2 text-sm font-medium">
                    {words[factor].title} is lowest, at {figures[factor]}
                  </h3>
                  <ol className="flex list-decimal flex-col gap-1.5 pl-5 text-sm text-muted marker:text-faint">
                    {texts.map((text) => (
                      <li key={text}>{text}</li>
                    ))}
                  </ol>
                </div>
              ))}
            </div>
          </section>
          <section
            aria-label="Result"
            aria-live="polite"
            className="flex flex-col rounded-lg border border-line bg-surface p-5"
          >
            <div className="flex items-end gap-4">
              <span className="tnum text-[4.5rem] leading-none font-semibold tracking-tight">{result.shown}</span>
              <div className="flex flex-col items-start gap-1.5 pb-1.5">
                <BandBadge tone={result.band.tone} name={result.band.name} />
                <span className="text-xs text-muted">{result.band.action}</span>
              </div>
            </div>
            <Scale score={result.score} />
            <p className="mt-2 mb-5 text-xs text-faint">
              {result.onTarget
                ? `Above the target of ${target}.`
                : `${(target - result.score).toFixed(1)} points below the target of ${target}.`}
            </p>
            <HealthBars
              total={result.score}
              parts={factors.map((factor) => ({
                key: factor,
                title: words[factor].title,
                weight: factorWeights[factor],
                score: figures[factor],
                contribution: (figures[factor] * factorWeights[factor]) / 100,
                present: 1,
                tone: bandOf(figures[factor], simple4.bands).tone,
              }))}
            />
            <p className="mt-auto border-t border-line pt-4 text-xs text-muted">
              Each figure counts by its weight: {figures.engagement} × {factorWeights.engagement}% and so on; together
              they are the score. Perennial works it out for every customer, each day, from what they do: use, tickets,
              surveys, contracts.{' '}
              <a href="/sign-in" className="whitespace-nowrap text-accent-text underline underline-offset-2">
                Sign in
              </a>
            </p>
          </section>
        </div>
      </main>
    </div>
  );
}

/** Where the score lies among the bands. */
function Scale({ score }: { score: number }) {
  const bands = [...simple4.bands].sort((a, b) => a.lower - b.lower);
  return (
    <div className="relative mt-5" aria-hidden="true">
      <div className="flex h-2 gap-0.5">
        {bands.map((band) => (
          <span
            key={band.key}
            className="rounded-xs"
            style={{ width: `${band.upper - band.lower}%`, background: `var(--${band.tone}-fill)` }}
          />
        ))}
      </div>
      <span
        className="absolute -top-1 h-4 w-1 -translate-x-1/2 rounded-full bg-text ring-2 ring-surface"
        style={{ left: `${score}%` }}
      />
      <div className="mt-1 flex gap-0.5 text-2xs text-faint">
        {bands.map((band) => (
          <span key={band.key} style={{ width: `${band.upper - band.lower}%` }} className="truncate">
            {band.name}
          </span>
        ))}
      </div>
    </div>
  );
}

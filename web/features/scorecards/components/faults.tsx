import { CircleAlert } from 'lucide-react';
import type { Problem } from '#core/condition/types.ts';
import type { Scorecard } from '#core/health/scorecard.ts';
import { countOf } from '#web/lib/format.ts';
import { signalAt } from '../places.ts';

export interface FaultsProps {
  card: Scorecard;
  problems: readonly Problem[];
  titleOf: (signal: string) => string;
  onJump: (path: string) => void;
}

/** What keeps a scorecard from being saved, by place; pressing one leads there. */
export function Faults({ card, problems, titleOf, onJump }: FaultsProps) {
  if (problems.length === 0) return null;
  return (
    <section aria-label="To be mended" className="rounded-lg border border-critical-fill/40 bg-critical-soft p-3">
      <p className="flex items-center gap-1.5 text-sm font-semibold text-critical">
        <CircleAlert className="size-4" aria-hidden="true" />
        {countOf(problems.length, 'thing')} to mend before it can be saved
      </p>
      <ul className="mt-1.5 flex flex-col gap-0.5">
        {problems.map(({ path, message }) => (
          <li key={`${path} ${message}`}>
            <button
              type="button"
              onClick={() => onJump(path)}
              className="w-full rounded-sm px-1 py-0.5 text-left text-xs text-text hover:underline"
            >
              <b className="font-medium">{placeWords(card, path, titleOf)}</b> {message}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** "Product usage, Stickiness" for components[0].signals[0].weight. */
function placeWords(card: Scorecard, path: string, titleOf: (signal: string) => string): string {
  const inSignal = signalAt(path);
  const index = /^components\[(\d+)\]/.exec(path)?.[1];
  const band = /^bands\[(\d+)\]/.exec(path)?.[1];
  if (inSignal) {
    const component = card.components[inSignal.component];
    const signal = component?.signals[inSignal.signal];
    return `${component?.title || 'Component'}, ${signal ? titleOf(signal.signal) : 'signal'}:`;
  }
  if (index !== undefined) return `${card.components[Number(index)]?.title || `Component ${Number(index) + 1}`}:`;
  if (band !== undefined) return `Band ${card.bands[Number(band)]?.name || Number(band) + 1}:`;
  const words: Record<string, string> = {
    title: 'Name:',
    components: 'Components:',
    bands: 'Bands:',
    minCoverage: 'Coverage:',
  };
  return words[path] ?? (path.startsWith('appliesTo') ? 'Which accounts:' : '');
}

import { useEffect, useMemo, useState } from 'react';
import type { SignalName } from '#core/condition/types.ts';
import { checkScorecard } from '#core/health/check.ts';
import type { Scorecard } from '#core/health/scorecard.ts';
import { sameDefinition } from './compare.ts';
import { pathsUp, placeId, signalAt } from './places.ts';

const quietMs = 350;

/** State of the editor: what is on the page, what is wrong with it, and the last that was right, a moment after typing stopped. */
export function useEditor(saved: Scorecard, names: readonly SignalName[]) {
  const [card, setCard] = useState(saved);
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const checked = useMemo(() => checkScorecard(card, names), [card, names]);
  const valid = checked.ok ? checked.scorecard : null;
  const [previewed, setPreviewed] = useState(valid ?? saved);
  useEffect(() => {
    if (!valid) return;
    const timer = setTimeout(() => setPreviewed(valid), quietMs);
    return () => clearTimeout(timer);
  }, [valid]);

  const problems = checked.ok ? [] : checked.problems;
  const toggle = (path: string) => {
    const next = new Set(open);
    if (!next.delete(path)) next.add(path);
    setOpen(next);
  };
  const jump = (path: string) => {
    const at = signalAt(path);
    if (at) setOpen(new Set([...open, `components[${at.component}].signals[${at.signal}]`]));
    requestAnimationFrame(() => showPlace(path));
  };
  return {
    card,
    setCard,
    /** null while there are problems */
    valid,
    problems,
    previewed,
    dirty: !sameDefinition(card, saved),
    isFaulty: (path: string) =>
      problems.some(
        (problem) =>
          problem.path === path || problem.path.startsWith(`${path}.`) || problem.path.startsWith(`${path}[`),
      ),
    isOpen: (path: string) => open.has(path),
    toggle,
    jump,
  };
}

function showPlace(path: string): void {
  for (const one of pathsUp(path)) {
    const element = document.getElementById(placeId(one));
    if (!element) continue;
    element.scrollIntoView({ block: 'center' });
    (element.querySelector<HTMLElement>('input, [role="combobox"], button') ?? element).focus();
    return;
  }
}

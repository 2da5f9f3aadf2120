import type { StatusTone } from './badge.tsx';

/** The custom property of a tone's fill, for svg and charts. */
export function fillVariable(tone: StatusTone): string {
  return `var(--${tone}-fill)`;
}

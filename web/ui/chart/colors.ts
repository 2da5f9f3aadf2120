import type { StatusTone } from '../badge.tsx';

/** The theme's colours as values, since charts cannot read custom properties. */
export interface ChartColors {
  text: string;
  muted: string;
  faint: string;
  line: string;
  surface: string;
  raised: string;
  accent: string;
  tone: Record<StatusTone, string>;
  series: string[];
}

export function readColors(element: Element): ChartColors {
  const style = getComputedStyle(element);
  const read = (name: string) => style.getPropertyValue(`--${name}`).trim();
  return {
    text: read('text'),
    muted: read('muted'),
    faint: read('faint'),
    line: read('border'),
    surface: read('surface'),
    raised: read('raised'),
    accent: read('accent'),
    tone: {
      good: read('good-fill'),
      fair: read('fair-fill'),
      warning: read('warning-fill'),
      critical: read('critical-fill'),
      none: read('none-fill'),
    },
    series: [1, 2, 3, 4, 5].map((number) => read(`series-${number}`)),
  };
}

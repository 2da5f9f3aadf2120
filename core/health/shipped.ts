import type { Scorecard } from './scorecard.ts';
import { behaviour4 } from './shipped/behaviour-4.ts';
import { renewal6 } from './shipped/renewal-6.ts';
import { simple4 } from './shipped/simple-4.ts';

/** The scorecards that every workspace begins with, the default first (chapter 03). */
export const shippedScorecards: readonly Scorecard[] = [renewal6, behaviour4, simple4];

/** Every story, and how many of each hundred accounts have it. */
import { quiet, steady, unconnected } from './calm.ts';
import { championLeft } from './champion-left.ts';
import { newDepartment, seatsFilling } from './expansion.ts';
import { onboardingStuck } from './onboarding-stuck.ts';
import { price } from './price.ts';
import { slowDecay } from './slow-decay.ts';
import type { Outcome, StoryDefinition, StoryKind } from './story.ts';
import { sudden } from './sudden.ts';
import { supportSpike } from './support-spike.ts';

export const stories: Readonly<Record<StoryKind, StoryDefinition>> = {
  steady,
  quiet,
  unconnected,
  'onboarding-stuck': onboardingStuck,
  'champion-left': championLeft,
  'support-spike': supportSpike,
  'slow-decay': slowDecay,
  price,
  sudden,
  'seats-filling': seatsFilling,
  'new-department': newDepartment,
};

export type Fate = `${StoryKind}/${Outcome}`;

export const fates: Readonly<Partial<Record<Fate, number>>> = {
  'onboarding-stuck/churned': 2,
  'champion-left/churned': 3,
  'support-spike/churned': 2,
  'slow-decay/churned': 2,
  'price/churned': 1,
  'sudden/churned': 1,
  'onboarding-stuck/open': 2,
  'champion-left/open': 4,
  'support-spike/open': 3,
  'slow-decay/open': 5,
  'price/open': 3,
  'support-spike/recovered': 4,
  'champion-left/recovered': 4,
  'slow-decay/recovered': 4,
  'price/recovered': 2,
  'seats-filling/grew': 8,
  'new-department/grew': 5,
  'price/shrank': 2,
  'unconnected/none': 5,
  'quiet/none': 7,
  'steady/none': 31,
};

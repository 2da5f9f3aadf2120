import type { ReactNode } from 'react';

/** One thing that can be chosen. */
export interface Option<Value extends string = string> {
  value: Value;
  label: string;
  /** shown before the label in the list and in the closed control */
  icon?: ReactNode;
  description?: string;
}

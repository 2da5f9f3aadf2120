import type { ReactNode } from 'react';

export interface DataColumn<Row> {
  id: string;
  header: string;
  /** what the column shows, from what; on hover and focus of its head, which is underlined to say so */
  help?: string;
  cell: (row: Row) => ReactNode;
  /** px */
  width?: number;
  align?: 'left' | 'right';
  sortable?: boolean;
  /** the direction of the first press; money and counts are asked for from the top */
  firstSort?: SortDirection;
  /** the shape that is shown while rows load */
  skeleton?: 'text' | 'number' | 'badge' | 'spark';
  /** left out of the view until the member adds it */
  hiddenAtFirst?: boolean;
}

/** A row as a card, for windows too narrow for columns. */
export interface TableCard<Row> {
  /** px; the same for each row */
  height: number;
  draw: (row: Row) => ReactNode;
}

/** What a page can ask of its table. */
export interface TableHandle {
  /** puts the keyboard into the rows, at the first one unless it was in them before */
  focus: () => void;
}

export type SortDirection = 'asc' | 'desc';
export interface Sort {
  column: string;
  direction: SortDirection;
}

/** Which columns are shown, in which order and how wide. Kept by the caller (address, saved view, local storage). */
export interface TableLayout {
  /** ids; columns that are missing here follow in their own order */
  order: readonly string[];
  hidden: readonly string[];
  widths: Readonly<Record<string, number>>;
}

export type Density = 'dense' | 'roomy';
export const rowHeights: Record<Density, number> = { dense: 32, roomy: 40 };
export const defaultWidth = 130;
export const selectWidth = 36;

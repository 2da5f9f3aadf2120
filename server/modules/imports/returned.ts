/** The file of rejected lines when it comes back corrected: known by its last two columns. */

const added = ['line', 'reason'];

export function isReturned({ columns }: { columns: readonly string[] }): boolean {
  return added.every((name, i) => columns.at(i - added.length) === name);
}

/** The columns that the file had before lines of it were rejected. */
export function ownColumns({ columns }: { columns: readonly string[] }): readonly string[] {
  return isReturned({ columns }) ? columns.slice(0, -added.length) : columns;
}

/** A cell without the apostrophe that kept spreadsheets from reading it as a formula (see `csvLine`). */
export function asGiven(cell: string): string {
  return cell.replace(/^'(?='*[=+\-@\t\r])/, '');
}

export function withAdded(columns: readonly string[]): string[] {
  return [...columns, ...added];
}

/** The door of signals. */

export { readColumns } from './columns.ts';
export { loadCurrent } from './current.ts';
export { customOf, customPasts, type KeyedCustomSignal, loadCustomSignals } from './custom.ts';
export { dropCustomColumns, lockToFillPasts } from './custom-columns.ts';
export { queueCustomPast, signalWorks } from './custom-past.ts';
export { loadFacts, loadPasts } from './facts.ts';
export { staleSignals } from './families.ts';
export {
  type DayRecord,
  forgetNow,
  type HistoryRow,
  readHistories,
  readHistory,
  valuesOf,
  writeHistories,
} from './history.ts';
export { loadSettings, type WorkspaceSettings } from './settings.ts';
export { customValues, fromSlots, slotsLiteral, toSlots } from './slots.ts';

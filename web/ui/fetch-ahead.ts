/** The parts that no page needs before something is pressed. Together they weigh half as much as a page. */
export const fetchDialog = () => import('./opened-dialog.tsx');
export const fetchMenu = () => import('./opened-menu.tsx');
export const fetchSelect = () => import('./opened-select.tsx');
export const fetchCombobox = () => import('./opened-combobox.tsx');
export const pressedParts = [fetchMenu, fetchDialog, fetchSelect, fetchCombobox];

/** For browsers that do not say when they are idle. */
const quietMs = 2000;

/** Fetches once the page is there and nothing else is to be done, so that the first press does not wait. */
export function fetchAhead(parts: readonly (() => Promise<unknown>)[]): void {
  const fetchAll = () => {
    // Without a connection nothing is lost: each is asked for again when it is needed.
    for (const fetchOne of parts) fetchOne().catch(() => undefined);
  };
  if ('requestIdleCallback' in window) requestIdleCallback(fetchAll);
  else setTimeout(fetchAll, quietMs);
}

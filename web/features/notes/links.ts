/** A stretch of a text: plain, or an address that may be opened. */
export interface Stretch {
  text: string;
  /** http or https only; null = plain text */
  href: string | null;
}

const address = /https?:\/\/[^\s<>"'`{}|\\^]+/gi;
/** What ends a sentence rather than an address. */
const trailing = /[.,;:!?…]+$/;

/** Splits a text at the addresses in it; joined together the stretches are the text. Nothing but http and https becomes a link. */
export function splitLinks(text: string): Stretch[] {
  const stretches: Stretch[] = [];
  let end = 0;
  const plain = (to: number) => to > end && stretches.push({ text: text.slice(end, to), href: null });
  for (const found of text.matchAll(address)) {
    const shown = withoutTail(found[0]);
    const href = safe(shown);
    if (href === null) continue;
    plain(found.index);
    stretches.push({ text: shown, href });
    end = found.index + shown.length;
  }
  plain(text.length);
  return stretches;
}

const brackets: readonly (readonly [string, string])[] = [
  ['(', ')'],
  ['[', ']'],
];

/** Without the sentence's own marks, nor a bracket that was opened before the address. */
function withoutTail(found: string): string {
  const cut = found.replace(trailing, '');
  for (const [open, close] of brackets) {
    if (cut.endsWith(close) && !cut.includes(open)) return withoutTail(cut.slice(0, -1));
  }
  return cut;
}

function safe(shown: string): string | null {
  if (!URL.canParse(shown)) return null;
  const { protocol, username, password, href } = new URL(shown);
  // an address with a name before its host is made to look like another one
  return (protocol === 'http:' || protocol === 'https:') && username === '' && password === '' ? href : null;
}

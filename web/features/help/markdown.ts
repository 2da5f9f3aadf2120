/** The part of Markdown that our own documentation uses, read into blocks. Pure, so that it can be tested without a page. */

export type Block =
  | { kind: 'heading'; level: number; text: string }
  | { kind: 'paragraph'; text: string }
  | { kind: 'code'; text: string }
  | { kind: 'list'; ordered: boolean; items: string[] }
  | { kind: 'table'; head: string[]; rows: string[][] };

export interface InlineText {
  kind: 'text' | 'code' | 'strong' | 'emphasis';
  text: string;
}
export interface InlineLink {
  kind: 'link';
  text: string;
  to: string;
}
export type Inline = InlineText | InlineLink;

const fence = /^```/;
const heading = /^(#{1,6}) +(.+)$/;
const item = /^(?:[-*]|(\d+)\.) +(.*)$/;
const rule = /^\|(?: *:?-+:? *\|)+ *$/;

/** The blocks of a text, in order. Lines of a paragraph or an item that were wrapped are joined again. */
export function readBlocks(markdown: string): Block[] {
  const lines = markdown.replaceAll('\r\n', '\n').split('\n');
  const blocks: Block[] = [];
  let at = 0;
  const takeWhile = (fits: (line: string) => boolean) => {
    const from = at;
    while (at < lines.length && fits(lines[at]!)) at++;
    return lines.slice(from, at);
  };
  while (at < lines.length) {
    const line = lines[at]!;
    const [, hashes, title] = heading.exec(line) ?? [];
    if (line.trim() === '') at++;
    else if (fence.test(line)) {
      at++;
      blocks.push({ kind: 'code', text: takeWhile((one) => !fence.test(one)).join('\n') });
      at++;
    } else if (hashes && title) {
      at++;
      blocks.push({ kind: 'heading', level: hashes.length, text: title });
    } else if (line.startsWith('|') && rule.test(lines[at + 1] ?? '')) {
      const [head, , ...rows] = takeWhile((one) => one.startsWith('|')).map(cellsOf);
      blocks.push({ kind: 'table', head: head!, rows });
    } else if (item.test(line)) blocks.push(listOf(takeWhile((one) => item.test(one) || /^ +\S/.test(one))));
    else {
      at++;
      const more = takeWhile((one) => one.trim() !== '' && !startsBlock(one));
      blocks.push({ kind: 'paragraph', text: [line, ...more].map((one) => one.trim()).join(' ') });
    }
  }
  return blocks;
}

function startsBlock(line: string): boolean {
  return fence.test(line) || heading.test(line) || item.test(line) || line.startsWith('|');
}

function listOf(lines: readonly string[]): Block {
  const items: string[] = [];
  for (const line of lines) {
    const [, , text] = item.exec(line) ?? [];
    if (text !== undefined) items.push(text);
    else items.push(`${items.pop() ?? ''} ${line.trim()}`.trim());
  }
  return { kind: 'list', ordered: /^\d/.test(lines[0]!), items };
}

const innerBar = '\u0001';

/** Cells of a table's line; a bar inside code or after a backslash parts nothing. */
function cellsOf(line: string): string[] {
  const safe = line.replace(/`[^`]*`/g, (code) => code.replaceAll('|', innerBar)).replaceAll('\\|', innerBar);
  const cells = safe.trim().replace(/^\|/, '').replace(/\|$/, '').split('|');
  return cells.map((cell) => cell.trim().replaceAll(innerBar, '|'));
}

const inline = /`([^`]+)`|\[([^\]]+)\]\(([^)\s]+)\)|\*\*(.+?)\*\*|\*([^*\s][^*]*)\*/g;

/** The parts of a line of text. */
export function readInline(text: string): Inline[] {
  const parts: Inline[] = [];
  let done = 0;
  for (const match of text.matchAll(inline)) {
    const [all, code, label, to, strong, emphasis] = match;
    if (match.index > done) parts.push({ kind: 'text', text: text.slice(done, match.index) });
    if (code !== undefined) parts.push({ kind: 'code', text: code });
    else if (label !== undefined && to !== undefined) parts.push({ kind: 'link', text: label, to });
    else if (strong !== undefined) parts.push({ kind: 'strong', text: strong });
    else parts.push({ kind: 'emphasis', text: emphasis! });
    done = match.index + all.length;
  }
  if (done < text.length) parts.push({ kind: 'text', text: text.slice(done) });
  return parts;
}

/** The page that a link on `page` leads to ("concepts/risk"), both without ending; null when it leads out of the documentation. */
export function pageOfLink(page: string, to: string): string | null {
  const [path] = to.split('#');
  if (!path?.endsWith('.md') || /^[a-z]+:|^\//.test(path)) return null;
  const steps = page.split('/').slice(0, -1);
  for (const step of path.slice(0, -'.md'.length).split('/')) {
    if (step === '..' && steps.pop() === undefined) return null;
    if (step !== '..' && step !== '.') steps.push(step);
  }
  return steps.join('/');
}

import { Link } from '@tanstack/react-router';
import { Fragment, type ReactNode } from 'react';
import { CodeBlock } from '#web/ui/code-block.tsx';
import { type Block, type Inline, type InlineLink, pageOfLink, readBlocks, readInline } from '../markdown.ts';

/** A page of the documentation. `page` is its name, by which its links are followed. */
export function MarkdownView({ page, markdown }: { page: string; markdown: string }) {
  return (
    <div className="flex max-w-3xl flex-col gap-4 text-base leading-relaxed text-text">
      {readBlocks(markdown).map((block, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the blocks of a text never change places
        <BlockView key={index} block={block} page={page} />
      ))}
    </div>
  );
}

function BlockView({ block, page }: { block: Block; page: string }) {
  const text = (written: string) => <Text text={written} page={page} />;
  if (block.kind === 'heading') return <Heading level={block.level}>{text(block.text)}</Heading>;
  if (block.kind === 'code') return <CodeBlock label="Example" text={block.text} />;
  if (block.kind === 'paragraph') return <p>{text(block.text)}</p>;
  if (block.kind === 'table') return <TableView head={block.head} rows={block.rows} text={text} />;
  const List = block.ordered ? 'ol' : 'ul';
  return (
    <List className={`flex flex-col gap-1.5 pl-5 marker:text-faint ${block.ordered ? 'list-decimal' : 'list-disc'}`}>
      {block.items.map((item) => (
        <li key={item}>{text(item)}</li>
      ))}
    </List>
  );
}

function Heading({ level, children }: { level: number; children: ReactNode }) {
  if (level === 1) return <h1 className="text-2xl font-semibold">{children}</h1>;
  if (level === 2) return <h2 className="mt-3 text-lg font-semibold">{children}</h2>;
  return <h3 className="mt-1 font-semibold">{children}</h3>;
}

interface TableProps {
  head: readonly string[];
  rows: readonly (readonly string[])[];
  text: (written: string) => ReactNode;
}

function TableView({ head, rows, text }: TableProps) {
  return (
    <section
      aria-label={head.filter(Boolean).join(', ')}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
      tabIndex={0}
      className="overflow-x-auto rounded-lg border border-line"
    >
      <table className="w-full text-sm">
        <thead className="bg-sunken text-left text-muted">
          <tr>
            {head.map((cell) => (
              <th key={cell} scope="col" className="px-3 py-1.5 font-medium">
                {text(cell)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.join('|')} className="border-t border-line align-top">
              {row.map((cell, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: cells have no other identity than their column
                <td key={index} className="px-3 py-1.5">
                  {text(cell)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Text({ text, page }: { text: string; page: string }) {
  return readInline(text).map((part, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a text never change places
    <Fragment key={index}>{partView(part, page)}</Fragment>
  ));
}

const linkClass = 'text-accent-text underline underline-offset-2';

function partView(part: Inline, page: string): ReactNode {
  if (part.kind === 'link') return <LinkView link={part} page={page} />;
  if (part.kind === 'code')
    return <code className="rounded-xs bg-sunken px-1 font-mono text-[0.9em]">{part.text}</code>;
  if (part.kind === 'strong') return <b className="font-semibold">{part.text}</b>;
  if (part.kind === 'emphasis') return <i>{part.text}</i>;
  return part.text;
}

function LinkView({ link, page }: { link: InlineLink; page: string }) {
  const to = pageOfLink(page, link.to);
  if (to !== null) {
    return (
      <Link to="/help/$" params={{ _splat: to }} className={linkClass}>
        {link.text}
      </Link>
    );
  }
  // Files of the project that are no page stay words.
  if (!/^https?:|^\//.test(link.to)) return link.text;
  return (
    <a href={link.to} className={linkClass}>
      {link.text}
    </a>
  );
}

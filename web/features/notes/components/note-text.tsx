import { cx } from '#web/ui/cx.ts';
import { splitLinks } from '../links.ts';

/** The text of a note as it was written, line by line; addresses can be opened. */
export function NoteText({ text, className }: { text: string; className?: string }) {
  let at = 0;
  return (
    <p className={cx('text-sm whitespace-pre-line [overflow-wrap:anywhere]', className)}>
      {splitLinks(text).map((stretch) => {
        const key = at;
        at += stretch.text.length;
        return stretch.href === null ? (
          <span key={key}>{stretch.text}</span>
        ) : (
          <a
            key={key}
            href={stretch.href}
            target="_blank"
            rel="noopener noreferrer nofollow"
            className="text-accent-text underline decoration-control underline-offset-2 hover:decoration-current"
          >
            {stretch.text}
          </a>
        );
      })}
    </p>
  );
}

import { Check, Copy } from 'lucide-react';
import { useState } from 'react';
import { Button } from './button.tsx';
import { toast } from './toast.tsx';

const confirmMs = 1600;

/** Puts a text on the clipboard and says so in its own place. */
export function CopyButton({ text, label = 'Copy' }: { text: string; label?: string }) {
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      setCopied(true);
      setTimeout(() => setCopied(false), confirmMs);
    } catch {
      // Pages that are not served over https have no clipboard.
      toast({ tone: 'failed', text: 'This browser does not allow copying here. Select the text and copy it by hand.' });
    }
  };
  const Icon = copied ? Check : Copy;
  return (
    <Button size="sm" onClick={() => void copy()} aria-label={label === 'Copy' ? undefined : label}>
      <Icon className="size-3.5" aria-hidden="true" />
      {copied ? 'Copied' : 'Copy'}
    </Button>
  );
}

export interface CodeBlockProps {
  /** read aloud: what the text is */
  label: string;
  text: string;
  /** long lines are folded rather than scrolled */
  wrap?: boolean;
}

/** Text for another program, to be copied as it is. */
export function CodeBlock({ label, text, wrap }: CodeBlockProps) {
  return (
    <div className="relative rounded-md border border-line bg-sunken">
      <section
        aria-label={label}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
        tabIndex={0}
        className="max-h-96 overflow-auto rounded-md"
      >
        <pre
          className={`p-3 pr-24 font-mono text-xs leading-5 text-text ${wrap ? 'break-all whitespace-pre-wrap' : ''}`}
        >
          {text}
        </pre>
      </section>
      <span className="absolute top-2 right-2">
        <CopyButton text={text} label={`Copy ${label}`} />
      </span>
    </div>
  );
}

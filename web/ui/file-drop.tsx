import { Upload } from 'lucide-react';
import { type DragEvent, useRef, useState } from 'react';
import { cx } from './cx.ts';

export interface FileDropProps {
  label: string;
  /** which files, how big */
  hint: string;
  /** as for an input, for example ".csv,.ndjson,.gz" */
  accept?: string;
  multiple?: boolean;
  disabled?: boolean;
  onFiles: (files: File[]) => void;
}

/** Takes files by dropping, by pressing, and by keyboard. */
export function FileDrop({ label, hint, accept, multiple, disabled, onFiles }: FileDropProps) {
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    if (!disabled && event.dataTransfer.files.length > 0) onFiles([...event.dataTransfer.files]);
  };
  return (
    <button
      type="button"
      disabled={disabled}
      onClick={() => input.current?.click()}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
      className={cx(
        'flex w-full flex-col items-center rounded-lg border border-dashed px-6 py-8 text-center transition-colors disabled:opacity-50',
        over ? 'border-accent bg-accent-soft' : 'border-control bg-sunken hover:border-accent',
      )}
    >
      <Upload aria-hidden="true" className="mb-2 size-5 text-faint" />
      <span className="text-sm font-medium text-text">{label}</span>
      <span className="mt-0.5 text-xs text-muted">{hint}</span>
      <input
        ref={input}
        type="file"
        accept={accept}
        multiple={multiple}
        tabIndex={-1}
        aria-hidden="true"
        className="hidden"
        onClick={(event) => event.stopPropagation()}
        onChange={(event) => {
          if (event.target.files?.length) onFiles([...event.target.files]);
          event.target.value = '';
        }}
      />
    </button>
  );
}

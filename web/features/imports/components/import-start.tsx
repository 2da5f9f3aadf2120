import { Link, useNavigate } from '@tanstack/react-router';
import { X } from 'lucide-react';
import { bytesText } from '#web/lib/bytes.ts';
import { useNow } from '#web/lib/now.ts';
import { useSignedIn } from '#web/lib/session.ts';
import { secondsLeft } from '#web/lib/time-left.ts';
import { buttonClass, IconButton } from '#web/ui/button.tsx';
import { FileDrop } from '#web/ui/file-drop.tsx';
import { type UploadState, useUploads } from '../use-uploads.ts';
import { ImportList } from './import-list.tsx';
import { PageDrop } from './page-drop.tsx';

/** Takes files and lists what was imported before. */
export function ImportStart() {
  const { can } = useSignedIn();
  const navigate = useNavigate();
  const { uploads, send, remove } = useUploads(
    (job) => void navigate({ to: '/intake/imports/$importId', params: { importId: String(job.id) } }),
  );
  const allowed = can('facts.write');
  return (
    <div className="flex flex-col gap-5">
      {allowed ? (
        <>
          <PageDrop onFiles={send} />
          <FileDrop
            label="Drop files anywhere on this page, or press to choose"
            hint="CSV or NDJSON, plain or gzip, up to 4 GB. Nothing is stored before you have seen a dry run."
            accept=".csv,.tsv,.txt,.ndjson,.jsonl,.json,.gz"
            multiple
            onFiles={send}
          />
          {uploads.length > 0 && (
            <ul className="rounded-lg border border-line">
              {uploads.map((upload) => (
                <UploadRow key={upload.id} upload={upload} onRemove={() => remove(upload.id)} />
              ))}
            </ul>
          )}
        </>
      ) : (
        <p className="rounded-lg bg-sunken px-4 py-3 text-sm text-muted">
          Administrators and CS operations can import files. You see what was imported.
        </p>
      )}
      <ImportList allowed={allowed} />
    </div>
  );
}

function UploadRow({ upload, onRemove }: { upload: UploadState; onRemove: () => void }) {
  const { name, bytes, sentBytes, job, error } = upload;
  const now = Math.max(useNow(), upload.startedAt);
  const share = bytes === 0 ? 1 : sentBytes / bytes;
  const left = secondsLeft({ done: sentBytes, total: bytes, startedAt: new Date(upload.startedAt).toISOString(), now });
  return (
    <li className="flex items-center gap-3 border-t border-line px-4 py-2.5 first:border-t-0">
      <div className="min-w-0 flex-1">
        <p className="flex items-baseline gap-2 text-sm">
          <span className="truncate font-medium text-text">{name}</span>
          <span className="tnum shrink-0 text-xs text-faint">
            {job || error ? bytesText(bytes) : `${bytesText(sentBytes)} of ${bytesText(bytes)}`}
            {!job && !error && left !== null && `, about ${Math.ceil(left)} s left`}
          </span>
        </p>
        {error && (
          <p role="alert" className="text-xs text-critical">
            {error}
          </p>
        )}
        {!job && !error && (
          <div
            role="progressbar"
            aria-label={`Upload of ${name}`}
            aria-valuemin={0}
            aria-valuemax={100}
            aria-valuenow={Math.round(share * 100)}
            className="mt-1 h-1 overflow-hidden rounded-full bg-none-soft"
          >
            <div className="h-full bg-accent" style={{ width: `${share * 100}%` }} />
          </div>
        )}
      </div>
      {job ? (
        <Link
          to="/intake/imports/$importId"
          params={{ importId: String(job.id) }}
          className={buttonClass('primary', 'sm')}
        >
          Map columns
        </Link>
      ) : (
        <IconButton
          size="sm"
          label={error ? `Put ${name} away` : `Cancel the upload of ${name}`}
          onClick={error ? onRemove : upload.cancel}
        >
          <X className="size-4" aria-hidden="true" />
        </IconButton>
      )}
    </li>
  );
}

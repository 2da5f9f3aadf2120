import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useRef, useState } from 'react';
import { type ImportJob, uploadImport } from '#contracts/intake.ts';
import { errorText } from '#web/lib/errors.ts';
import { upload } from '#web/lib/upload.ts';
import { importQuery } from './api/get-import.ts';

export interface UploadState {
  /** counted in this page */
  id: number;
  name: string;
  bytes: number;
  sentBytes: number;
  /** epoch ms */
  startedAt: number;
  /** set when it has arrived */
  job: ImportJob | null;
  error: string | null;
  cancel: () => void;
}

/** Uploads of this page, each with its progress. `onArrived` is called for a file that was sent alone. */
export function useUploads(onArrived: (job: ImportJob) => void) {
  const client = useQueryClient();
  const [uploads, setUploads] = useState<readonly UploadState[]>([]);
  const next = useRef(1);
  const arrived = useRef(onArrived);
  arrived.current = onArrived;
  const change = useCallback(
    (id: number, part: Partial<UploadState>) =>
      setUploads((all) => all.map((one) => (one.id === id ? { ...one, ...part } : one))),
    [],
  );
  const remove = useCallback((id: number) => setUploads((all) => all.filter((one) => one.id !== id)), []);

  const send = useCallback(
    (files: readonly File[]) => {
      const fresh = files.map((file) => {
        const id = next.current++;
        const { done, cancel } = upload(uploadImport, { query: { name: file.name } }, file, (sentBytes) =>
          change(id, { sentBytes }),
        );
        done.then(
          (job) => {
            client.setQueryData(importQuery(job.id).queryKey, job);
            void client.invalidateQueries({ queryKey: ['imports', 'list'] });
            change(id, { job, sentBytes: file.size });
            if (files.length === 1) arrived.current(job);
          },
          (error: unknown) => {
            if (error instanceof DOMException && error.name === 'AbortError') remove(id);
            else change(id, { error: failure(error) });
          },
        );
        return {
          id,
          name: file.name,
          bytes: file.size,
          sentBytes: 0,
          startedAt: Date.now(),
          job: null,
          error: null,
          cancel,
        };
      });
      setUploads((all) => [...fresh, ...all]);
    },
    [client, change, remove],
  );
  return { uploads, send, remove };
}

function failure(error: unknown): string {
  const { title, detail } = errorText(error);
  return `${title}. ${detail}`;
}

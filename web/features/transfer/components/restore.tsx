import { useState } from 'react';
import type { Answer } from '#contracts/kit.ts';
import { restoreWorkspace } from '#contracts/transfer.ts';
import { bytesText } from '#web/lib/bytes.ts';
import { errorText } from '#web/lib/errors.ts';
import { upload } from '#web/lib/upload.ts';
import { FileDrop } from '#web/ui/file-drop.tsx';
import { Section } from '#web/ui/page.tsx';
import { ProgressBar } from '#web/ui/progress-bar.tsx';
import { RestoredNotice } from './restored-notice.tsx';

type State =
  | { kind: 'waiting'; failure: string | null }
  | { kind: 'sending'; name: string; sentBytes: number; bytes: number }
  | { kind: 'restored'; result: Answer<typeof restoreWorkspace> };

/** An export in the place of this workspace, where nothing is lost by it. */
export function Restore({ allowed }: { allowed: boolean }) {
  const [state, setState] = useState<State>({ kind: 'waiting', failure: null });
  const send = ([file]: File[]) => {
    if (!file) return;
    const sending = (sentBytes: number) => setState({ kind: 'sending', name: file.name, sentBytes, bytes: file.size });
    sending(0);
    upload(restoreWorkspace, {}, file, sending).done.then(
      (result) => setState({ kind: 'restored', result }),
      (error: unknown) => setState({ kind: 'waiting', failure: errorText(error).detail }),
    );
  };
  if (state.kind === 'restored') return <RestoredNotice result={state.result} />;
  return (
    <Section
      title="Restore an export"
      note="The export takes the place of this workspace with all its settings; you stay its administrator. Ids and links stay as they were."
    >
      {state.kind === 'sending' && <Sending {...state} />}
      {state.kind === 'waiting' && allowed && (
        <FileDrop
          label="Drop an export here, or press to choose"
          hint="A zip file of Perennial, up to 4 GB. It is looked through first, and stored whole or not at all."
          accept=".zip"
          onFiles={send}
        />
      )}
      {state.kind === 'waiting' && !allowed && (
        <p className="max-w-2xl text-sm text-muted">
          Only an empty workspace can be replaced, and this one holds data. Set up another installation, or use{' '}
          <code>perennial restore</code> on its command line.
        </p>
      )}
      {state.kind === 'waiting' && state.failure !== null && (
        <p role="alert" className="mt-3 text-sm text-critical">
          The file was not restored, and nothing of it is stored: {state.failure}
        </p>
      )}
    </Section>
  );
}

function Sending({ name, sentBytes, bytes }: { name: string; sentBytes: number; bytes: number }) {
  if (sentBytes < bytes) {
    const share = Math.floor((100 * sentBytes) / bytes);
    return <ProgressBar label={`Sending ${name}, ${bytesText(bytes)}`} done={share} total={100} unit="%" />;
  }
  return (
    <p role="status" className="text-sm text-muted">
      {name} has arrived and is being restored. {bytesText(bytes)} may take some minutes: keep this page open.
    </p>
  );
}

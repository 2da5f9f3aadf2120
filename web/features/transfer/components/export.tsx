import { Download } from 'lucide-react';
import { addressOf } from '#contracts/client.ts';
import { exportWorkspace } from '#contracts/transfer.ts';
import { buttonClass } from '#web/ui/button.tsx';
import { Section } from '#web/ui/page.tsx';
import type { ExportContents } from '../api/export-contents.ts';

/** Everything as one file, and what that is. */
export function Export({ contents }: { contents: ExportContents }) {
  const { groups, leftOut } = contents;
  return (
    <Section
      title="Export everything"
      note="One zip file with everything this workspace holds at the moment you press: a file for each kind, one line of JSON for each thing. It holds personal data, so keep it as safe as this product."
      actions={
        <a href={addressOf(exportWorkspace, {})} download className={buttonClass('primary')}>
          <Download className="size-4" aria-hidden="true" />
          Export
        </a>
      }
    >
      <p className="mb-4 max-w-2xl text-sm text-muted">
        Your browser shows how much has come; the size is not known before the end. The file is complete when the
        browser says so: one that was cut off does not open.
      </p>
      <div className="grid gap-x-6 gap-y-4 sm:grid-cols-2 xl:grid-cols-3">
        {groups.map(({ title, files }) => (
          <div key={title} className="min-w-0">
            <h3 className="mb-1 text-sm font-medium">{title}</h3>
            <p className="text-sm text-muted">{files.map(({ what }) => what).join(' · ')}</p>
          </div>
        ))}
      </div>
      <h3 className="mt-5 mb-1 text-sm font-medium">Not in the file</h3>
      <ul className="flex flex-col gap-0.5 text-sm text-muted">
        {leftOut.map(({ what, why }) => (
          <li key={what}>
            <span className="text-text">{what}</span>: {why}
          </li>
        ))}
      </ul>
    </Section>
  );
}

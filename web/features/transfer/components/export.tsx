import { Download } from 'lucide-react';
import { addressOf } from '#contracts/client.ts';
import { exportWorkspace } from '#contracts/transfer.ts';
import { buttonClass } from '#web/ui/button.tsx';
import { Section } from '#web/ui/page.tsx';
import type { ExportContents } from '../api/export-contents.ts';

/** Everything as one file, and what that is. */
export function Export({ contents }: { contents: ExportContents }) {
  const { groups, leftOut } = contents;
  const kinds = groups.reduce((sum, { files }) => sum + files.length, 0);
  return (
    <Section
      title="Export everything"
      note="One zip file with all that this workspace holds at the moment you press: accounts, facts, events, settings, judgements and their past."
      actions={
        <a href={addressOf(exportWorkspace, {})} download className={buttonClass('primary')}>
          <Download className="size-4" aria-hidden="true" />
          Export
        </a>
      }
    >
      <p className="max-w-2xl text-sm text-muted">
        Your browser shows how much has come; how much it will be is not known before. A file that was cut off does not
        open. It holds personal data: keep it as safe as this product.
      </p>
      <details className="mt-3 text-sm">
        <summary className="text-muted">
          What is in it: {kinds} kinds, each a file with a line of JSON for each thing
        </summary>
        <div className="mt-3 grid gap-x-6 gap-y-4 sm:grid-cols-2 xl:grid-cols-3">
          {groups.map(({ title, files }) => (
            <div key={title} className="min-w-0">
              <h3 className="mb-1 text-sm font-medium">{title}</h3>
              <ul className="text-sm text-muted">
                {files.map(({ name, what }) => (
                  <li key={name}>{what}</li>
                ))}
              </ul>
            </div>
          ))}
        </div>
      </details>
      <details className="mt-2 text-sm">
        <summary className="text-muted">What is left out, and why: passwords, keys and other secrets above all</summary>
        <ul className="mt-2 flex flex-col gap-0.5 text-sm text-muted">
          {leftOut.map(({ what, why }) => (
            <li key={what}>
              <span className="text-text">{what}</span>: {why}
            </li>
          ))}
        </ul>
      </details>
    </Section>
  );
}

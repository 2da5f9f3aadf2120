import { useEffect, useRef, useState } from 'react';
import type { FactKindName } from '#contracts/facts.ts';
import type { ImportJob, ImportMapping } from '#contracts/intake.ts';
import { errorText } from '#web/lib/errors.ts';
import { Button } from '#web/ui/button.tsx';
import { Combobox } from '#web/ui/combobox.tsx';
import { Field } from '#web/ui/input.tsx';
import { Section } from '#web/ui/page.tsx';
import { useCheckImport } from '../api/check-import.ts';
import { useStartImport } from '../api/start-import.ts';
import { firstMapping, isGuessed, kindOptions, missingFields, sameMapping, withKind } from '../mapping.ts';
import { Constants } from './constants.tsx';
import { MappingOptions } from './mapping-options.tsx';
import { MappingTable } from './mapping-table.tsx';
import { Problems } from './problems.tsx';
import { SavedMappings } from './saved-mappings.tsx';
import { Sums } from './sums.tsx';

/** What the columns of a file mean; a dry run; and the start. */
export function MappingEditor({ job }: { job: ImportJob }) {
  const [mapping, setMapping] = useState<ImportMapping>(() => firstMapping(job));
  const check = useCheckImport(job.id);
  const start = useStartImport(job.id);
  const columns = job.columns ?? [];
  const kind = kindOptions.find(({ value }) => value === mapping.kind);
  const missing = missingFields(mapping);
  const tried = job.status === 'checked' && sameMapping(job.mapping, mapping);
  const result = useRef<HTMLDivElement>(null);
  // The result stands below the mapping, out of sight of who pressed the button.
  useEffect(() => {
    if (tried) result.current?.scrollIntoView({ block: 'start', behavior: 'smooth' });
  }, [tried]);
  const busy = check.isPending || start.isPending;
  const failure = check.error ?? start.error;
  return (
    <>
      <Section
        title="What is in the file"
        note={
          job.guessedKind === mapping.kind && job.status === 'uploaded'
            ? isGuessed(job)
              ? 'Guessed from its columns; correct what is wrong.'
              : 'As the last file with these columns was mapped; correct what is wrong.'
            : undefined
        }
        actions={<SavedMappings mapping={mapping} columns={columns.map(({ name }) => name)} onUse={setMapping} />}
      >
        <div className="grid gap-4 lg:grid-cols-[18rem_minmax(0,1fr)]">
          <Field label="Kind of facts" hint={kind?.label ? undefined : 'Choose what each line is'}>
            {({ id }) => (
              <Combobox
                id={id}
                label="Kind of facts"
                options={kindOptions}
                value={(kind?.value ?? null) as FactKindName | null}
                onChange={(next) => next && setMapping(withKind(mapping, next, columns))}
              />
            )}
          </Field>
          {kind && <p className="self-center text-sm text-muted">{kind.description}</p>}
        </div>
      </Section>
      <MappingTable columns={columns} mapping={mapping} onChange={setMapping} />
      <div className="grid gap-4 xl:grid-cols-2">
        <Constants mapping={mapping} onChange={setMapping} />
        <MappingOptions mapping={mapping} onChange={setMapping} />
      </div>
      {tried && (
        <div ref={result} className="scroll-mt-16">
          <Section title="If you import it now" note="Of a dry run over every line; nothing is stored yet.">
            <div className="flex flex-col gap-5">
              <Sums job={job} would />
              <Problems job={job} />
            </div>
          </Section>
        </div>
      )}
      <footer className="sticky bottom-14 z-10 -mx-4 -mb-5 flex flex-wrap items-center gap-3 border-t border-line bg-surface px-4 py-3 sm:-mx-6 sm:px-6 md:bottom-0">
        <p className="min-w-0 flex-1 text-sm text-muted" role="status">
          <Advice
            missing={missing.map(({ label }) => label)}
            tried={tried}
            changed={job.status === 'checked' && !tried}
            failure={failure}
          />
        </p>
        <Button
          disabled={missing.length > 0 || busy}
          busy={check.isPending}
          tone={tried ? 'secondary' : 'primary'}
          onClick={() => check.mutate(mapping)}
        >
          {tried ? 'Try again' : 'Try it without storing'}
        </Button>
        <Button
          disabled={missing.length > 0 || busy}
          busy={start.isPending}
          tone={tried ? 'primary' : 'secondary'}
          onClick={() => start.mutate(mapping)}
        >
          Import
        </Button>
      </footer>
    </>
  );
}

function Advice(props: { missing: string[]; tried: boolean; changed: boolean; failure: unknown }) {
  if (props.failure) {
    const { title, detail } = errorText(props.failure);
    return (
      <span className="text-critical">
        {title}. {detail}
      </span>
    );
  }
  if (props.missing.length > 0) {
    return (
      <span className="text-warning">
        Still needed: {props.missing.join(', ')}. Choose a column above, or a fixed value.
      </span>
    );
  }
  if (props.tried) return <>The dry run speaks of this mapping.</>;
  return (
    <>
      {props.changed
        ? 'The mapping changed since the dry run.'
        : 'A dry run shows what would be stored and what is wrong, line by line.'}
    </>
  );
}

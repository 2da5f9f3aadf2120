import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Scorecard } from '#core/health/scorecard.ts';
import { errorText } from '#web/lib/errors.ts';
import { countOf, formatMoney } from '#web/lib/format.ts';
import { asScorecard } from '#web/lib/scorecards.ts';
import { Button } from '#web/ui/button.tsx';
import { Dialog } from '#web/ui/dialog.tsx';
import { Field, Input } from '#web/ui/input.tsx';
import { toast } from '#web/ui/toast.tsx';
import { Checkbox } from '#web/ui/toggles.tsx';
import type { ScorecardRecord } from '../api/get-scorecard.ts';
import { previewQuery } from '../api/preview-scorecard.ts';
import { usePublishScorecard } from '../api/publish-scorecard.ts';
import { useSaveDraft } from '../api/save-draft.ts';
import { differences, type Wording } from '../compare.ts';
import { ChangeList } from './versions.tsx';

export interface PublishDialogProps {
  record: ScorecardRecord;
  card: Scorecard;
  /** whether the page holds what no version holds yet */
  dirty: boolean;
  currency: string;
  compareWith: number | undefined;
  wording: Wording;
  onClose: () => void;
  onPublished: () => void;
}

/** Says what will change for whom before a version goes live. */
export function PublishDialog(props: PublishDialogProps) {
  const { record, card, dirty, currency, compareWith, wording, onClose, onPublished } = props;
  const [note, setNote] = useState('');
  const [primary, setPrimary] = useState(record.isPrimary);
  const [past, setPast] = useState(record.liveVersion === null);
  const preview = useQuery(previewQuery(card, compareWith));
  const save = useSaveDraft(record.id);
  const publish = usePublishScorecard(record.id);
  const changes = record.definition ? differences(asScorecard(record.definition), card, wording) : null;
  const run = async () => {
    try {
      const saved =
        dirty || record.draftVersion === null ? await save.mutateAsync({ card, note: note.trim() }) : record;
      const version = saved.draftVersion ?? saved.liveVersion;
      if (version === null) return;
      await publish.mutateAsync({ version, primary, past: primary && past });
      toast({ text: `${card.title} is live. Accounts are being scored again.` });
      onPublished();
    } catch {
      // Both mutations keep their error, which is shown below.
    }
  };
  const error = save.error ?? publish.error;
  return (
    <Dialog
      open
      onClose={onClose}
      width="md"
      title={`Publish ${card.title}`}
      description="Every account it is for is scored again at once. History keeps the version that made each score."
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button tone="primary" busy={save.isPending || publish.isPending} onClick={() => void run()}>
            Publish
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4 pb-2">
        {preview.data && (
          <p className="rounded-md bg-sunken px-3 py-2 text-sm">
            <b className="font-semibold">
              {preview.data.changed === 0
                ? 'No account changes band'
                : `${countOf(preview.data.changed, 'account')} will change band`}
            </b>
            {preview.data.changed > 0 &&
              `, ${formatMoney(preview.data.arrChangedMinor, currency, { short: true })} ARR affected`}
            .
          </p>
        )}
        <div>
          <h3 className="text-sm font-medium">
            {changes === null ? 'It has not been live before' : 'What changes in the definition'}
          </h3>
          {changes !== null && <ChangeList changes={changes} />}
        </div>
        {!record.isPrimary && (
          <Checkbox
            checked={primary}
            onChange={(event) => setPrimary(event.target.checked)}
            label={
              <span>
                Make it the primary scorecard
                <span className="block text-xs text-faint">
                  Lists, risk rules and the portfolio read the primary one. Otherwise it stands beside it on each
                  account.
                </span>
              </span>
            }
          />
        )}
        {primary && (
          <Checkbox
            checked={past}
            onChange={(event) => setPast(event.target.checked)}
            label={
              <span>
                Score the past by it too
                <span className="block text-xs text-faint">
                  Charts and changes of scores then start in the past and not today. Snapshots taken on their day stay
                  as they were. It runs beside your work.
                </span>
              </span>
            }
          />
        )}
        {(dirty || record.draftVersion === null) && (
          <Field label="Note" optional hint="Why; kept with the version">
            {(control) => (
              <Input {...control} maxLength={500} value={note} onChange={(event) => setNote(event.target.value)} />
            )}
          </Field>
        )}
        {error && (
          <p role="alert" className="text-sm text-critical">
            {errorText(error).title}. {errorText(error).detail}
          </p>
        )}
      </div>
    </Dialog>
  );
}

import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { History, Plus } from 'lucide-react';
import { useMemo, useState } from 'react';
import type { SignalDefinition } from '#contracts/signals.ts';
import type { Scorecard } from '#core/health/scorecard.ts';
import { useConditionNames } from '#web/lib/condition-names.ts';
import { asScorecard, scorecardsQuery } from '#web/lib/scorecards.ts';
import { useSignedIn } from '#web/lib/session.ts';
import { signalText } from '#web/lib/signals.ts';
import { Badge } from '#web/ui/badge.tsx';
import { Button } from '#web/ui/button.tsx';
import { SidePanel } from '#web/ui/dialog.tsx';
import { Input } from '#web/ui/input.tsx';
import { sayFailed } from '#web/ui/say-failed.ts';
import { toast } from '#web/ui/toast.tsx';
import { UnsavedGuard } from '#web/ui/unsaved-guard.tsx';
import type { ScorecardRecord } from '../api/get-scorecard.ts';
import { useSaveDraft } from '../api/save-draft.ts';
import { addComponent, fillUpComponents, joinBands, moved, setComponent, without } from '../edit.ts';
import { placeId } from '../places.ts';
import { useEditor } from '../use-editor.ts';
import { BandsEditor } from './bands-editor.tsx';
import { ComponentCard } from './component-card.tsx';
import { Faults } from './faults.tsx';
import { PastPanel } from './past-panel.tsx';
import { PreviewBar } from './preview-bar.tsx';
import { PreviewPanel } from './preview-panel.tsx';
import { PublishDialog } from './publish-dialog.tsx';
import { Reach } from './reach.tsx';
import { Versions } from './versions.tsx';
import { WeightBar } from './weight-bar.tsx';

/** Where the bar of a narrow window leads. */
const previewId = 'preview-over-the-book';

export interface ScorecardEditorProps {
  record: ScorecardRecord;
  catalogue: ReadonlyMap<string, SignalDefinition>;
  /** from the address */
  versionsOpen: boolean;
  onVersions: (open: boolean) => void;
}

/** Edits a scorecard beside a live preview over the whole book. */
export function ScorecardEditor({ record, catalogue, versionsOpen, onVersions }: ScorecardEditorProps) {
  const { workspace, can } = useSignedIn();
  const locked = !can('settings.manage');
  const saved = useMemo(
    () => ordered(asScorecard((record.draft ?? record.definition)!)),
    [record.draft, record.definition],
  );
  const looks = useConditionNames('scorecard');
  const names = useMemo(() => [...looks].map(([key, { type }]) => ({ key, type })), [looks]);
  const editor = useEditor(saved, names);
  const { card, setCard } = editor;
  const save = useSaveDraft(record.id);
  const [publishing, setPublishing] = useState(false);
  const against = useAgainst(record);
  const titleOf = (signal: string) => catalogue.get(signal)?.title ?? signal;
  const writtenValue = (signal: string, value: number) => signalText(value, catalogue.get(signal), workspace.currency);
  const wording = { titleOf, writtenValue };
  const saveDraft = () =>
    editor.valid &&
    save.mutate(
      { card: editor.valid },
      { onError: sayFailed, onSuccess: () => toast({ text: 'Draft saved. It is not live yet.' }) },
    );
  const isNew = editor.dirty || record.draftVersion !== null;
  return (
    <>
      <header className="top-0 z-20 -mx-4 flex flex-wrap items-center gap-2 border-b border-line bg-surface px-4 pt-1 pb-3 sm:-mx-6 sm:px-6 md:sticky">
        <div className="min-w-48 flex-1">
          <Link to="/settings/scorecards" className="text-xs text-muted hover:text-text">
            ← Scorecards
          </Link>
          <h1 className="sr-only">{card.title || 'Scorecard'}</h1>
          <span id={placeId('title')} className="block">
            <Input
              aria-label="Name of the scorecard"
              className="!h-9 !border-transparent !bg-transparent !px-1 !text-xl font-semibold hover:!border-line-strong"
              value={card.title}
              disabled={locked}
              onChange={(event) => setCard({ ...card, title: event.target.value })}
            />
          </span>
        </div>
        <State record={record} dirty={editor.dirty} />
        <Button tone="quiet" onClick={() => onVersions(true)}>
          <History className="size-4" aria-hidden="true" />
          Versions
        </Button>
        {!locked && (
          <>
            {editor.dirty && (
              <Button tone="quiet" onClick={() => setCard(saved)}>
                Put back
              </Button>
            )}
            <Button disabled={!editor.dirty || !editor.valid} busy={save.isPending} onClick={saveDraft}>
              Save draft
            </Button>
            <Button tone="primary" disabled={!isNew || !editor.valid} onClick={() => setPublishing(true)}>
              Publish
            </Button>
          </>
        )}
      </header>
      {locked && (
        <p className="text-sm text-muted">
          Administrators and CS operations can change scorecards. You see how scores are made.
        </p>
      )}
      <div className="grid items-start gap-5 xl:grid-cols-[minmax(0,1fr)_25rem]">
        <div className="flex min-w-0 flex-col gap-4">
          <div id={placeId('components')}>
            <WeightBar
              of="components"
              parts={card.components}
              locked={locked}
              onFillUp={() => setCard(fillUpComponents(card))}
            />
          </div>
          {card.components.map((component, index) => (
            <ComponentCard
              key={component.key}
              component={component}
              index={index}
              catalogue={catalogue}
              bands={card.bands}
              currency={workspace.currency}
              locked={locked}
              isFaulty={editor.isFaulty}
              isOpen={editor.isOpen}
              onToggle={editor.toggle}
              onChange={(next) => setCard(setComponent(card, index, next))}
              onMove={(by) => setCard({ ...card, components: moved(card.components, index, by) })}
              onRemove={() => {
                setCard({ ...card, components: without(card.components, index) });
                toast({ text: `${component.title} removed`, undo: () => setCard(card) });
              }}
            />
          ))}
          {!locked && (
            <Button className="self-start" onClick={() => setCard(addComponent(card))}>
              <Plus className="size-4" aria-hidden="true" />
              Add component
            </Button>
          )}
          <BandsEditor card={card} locked={locked} onChange={setCard} />
          <Reach card={card} currency={workspace.currency} locked={locked} onChange={setCard} />
        </div>
        <aside
          id={previewId}
          className="flex scroll-mt-20 flex-col gap-4 xl:sticky xl:top-20 xl:max-h-[calc(100vh-6rem)] xl:overflow-y-auto"
        >
          <Faults card={card} problems={editor.problems} titleOf={titleOf} onJump={editor.jump} />
          {!locked && (
            <PreviewPanel
              card={editor.previewed}
              behind={!editor.valid}
              compareWith={against.id}
              against={against}
              currency={workspace.currency}
            />
          )}
          {!locked && (
            <PastPanel
              card={editor.previewed}
              compareWith={against.id}
              against={against}
              currency={workspace.currency}
            />
          )}
        </aside>
      </div>
      {!locked && (
        <PreviewBar
          card={editor.previewed}
          behind={!editor.valid}
          compareWith={against.id}
          currency={workspace.currency}
          onShow={() => document.getElementById(previewId)?.scrollIntoView({ block: 'start' })}
        />
      )}
      <SidePanel open={versionsOpen} onClose={() => onVersions(false)} title={`Versions of ${card.title}`}>
        <Versions
          id={record.id}
          current={card}
          wording={wording}
          {...(!locked && {
            onUse: (version: Scorecard) => {
              setCard(ordered(version));
              onVersions(false);
            },
          })}
        />
      </SidePanel>
      {publishing && editor.valid && (
        <PublishDialog
          record={record}
          card={editor.valid}
          dirty={editor.dirty}
          currency={workspace.currency}
          compareWith={against.id}
          wording={wording}
          onClose={() => setPublishing(false)}
          onPublished={() => setPublishing(false)}
        />
      )}
      <UnsavedGuard dirty={editor.dirty && !publishing} what="this scorecard" />
    </>
  );
}

function State({ record, dirty }: { record: ScorecardRecord; dirty: boolean }) {
  return (
    <span className="flex items-center gap-1.5">
      {record.isPrimary && <Badge tone="accent">Primary</Badge>}
      {record.liveVersion === null ? (
        <Badge>Never live</Badge>
      ) : (
        <Badge tone="good">Version {record.liveVersion} live</Badge>
      )}
      {dirty ? (
        <Badge tone="warning">Not saved</Badge>
      ) : (
        record.draftVersion !== null && <Badge tone="warning">Draft {record.draftVersion}</Badge>
      )}
    </span>
  );
}

/** What the preview is held against: the scorecard itself where it is live, else the primary one. */
function useAgainst(record: ScorecardRecord) {
  const { data } = useQuery(scorecardsQuery);
  const primary = data?.items.find((one) => one.isPrimary);
  const own = record.liveVersion !== null;
  const compared = own ? record : primary;
  return {
    id: own ? record.id : undefined,
    name: own ? `version ${record.liveVersion}` : (compared?.name ?? 'the primary scorecard'),
    bands: compared?.definition ? asScorecard(compared.definition).bands : [],
  };
}

function ordered(card: Scorecard): Scorecard {
  return { ...card, bands: joinBands([...card.bands].sort((a, b) => b.lower - a.lower)) };
}

import { lazy, Suspense, useState } from 'react';
import { Button } from '#web/ui/button.tsx';
import { useUpdateView } from '../api/views.ts';

const SaveView = lazy(() => import('./save-view.tsx'));

export interface KeepViewProps {
  /** the saved view that was changed; undefined when none is open */
  view: { id: number; own: boolean } | undefined;
  state: Record<string, unknown>;
  onSaved: (id: number) => void;
}

/** Keeps what is shown now: in the view that is open, or as another. */
export default function KeepView({ view, state, onSaved }: KeepViewProps) {
  const update = useUpdateView();
  const [saving, setSaving] = useState(false);
  return (
    <>
      {view?.own && (
        <Button tone="quiet" size="sm" busy={update.isPending} onClick={() => update.mutate({ id: view.id, state })}>
          Save changes
        </Button>
      )}
      <Button tone="quiet" size="sm" onClick={() => setSaving(true)}>
        {view ? 'Save as new view' : 'Save view'}
      </Button>
      {saving && (
        <Suspense>
          <SaveView state={state} onClose={() => setSaving(false)} onSaved={onSaved} />
        </Suspense>
      )}
    </>
  );
}

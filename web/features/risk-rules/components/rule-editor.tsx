import { Link, useNavigate } from '@tanstack/react-router';
import { FlaskConical } from 'lucide-react';
import { useState } from 'react';
import type { Condition } from '#core/condition/types.ts';
import { errorText } from '#web/lib/errors.ts';
import { keyFrom } from '#web/lib/key-from.ts';
import { useSignedIn } from '#web/lib/session.ts';
import { Badge } from '#web/ui/badge.tsx';
import { Button } from '#web/ui/button.tsx';
import { ConditionEditor } from '#web/ui/condition/condition-editor.tsx';
import type { SignalLook } from '#web/ui/condition/words.ts';
import { PageHeader, Section } from '#web/ui/page.tsx';
import { sayFailed } from '#web/ui/say-failed.ts';
import { EmptyState } from '#web/ui/states.tsx';
import { toast } from '#web/ui/toast.tsx';
import { UnsavedGuard } from '#web/ui/unsaved-guard.tsx';
import { useDeleteRule } from '../api/delete-rule.ts';
import type { Rule } from '../api/list-rules.ts';
import { type RuleBody, usePutRule } from '../api/put-rule.ts';
import { useTryRule } from '../api/try-rule.ts';
import { blankForm, bodyOf, formOf, readForm, readTrial } from '../form.ts';
import { RuleFields } from './rule-fields.tsx';
import { TrackRecord } from './track-record.tsx';
import { Trial } from './trial.tsx';

export interface RuleEditorProps {
  /** null = a new one */
  rule: Rule | null;
  condition: Condition | null;
  looks: ReadonlyMap<string, SignalLook>;
  /** keys in use */
  taken: ReadonlySet<string>;
}

/** Makes or changes a risk rule, and tries it on the past before it is switched on. */
export function RuleEditor({ rule, condition, looks, taken }: RuleEditorProps) {
  const { workspace, can } = useSignedIn();
  const locked = !can('settings.manage');
  const navigate = useNavigate();
  const first = rule ? formOf(rule, condition) : blankForm;
  const [form, setForm] = useState(first);
  const [asked, setAsked] = useState<'save' | 'trial' | null>(null);
  const [saved, setSaved] = useState(false);
  const put = usePutRule();
  const trial = useTryRule();
  const { body, faults: toSave } = readForm(form);
  const { body: tryable, faults: toTry } = readTrial(form);
  const faults = asked === 'save' ? toSave : asked === 'trial' ? toTry : null;
  const dirty = !saved && JSON.stringify(form) !== JSON.stringify(first);
  const save = () => {
    setAsked('save');
    if (!body) return;
    put.mutate(
      { key: rule?.key ?? freeKey(body.title, taken), body },
      {
        onSuccess: ({ key, title, enabled }) => {
          setSaved(true);
          toast({ text: enabled ? `${title} saved. Accounts are judged again.` : `${title} saved; it is off.` });
          void navigate({ to: '/settings/risk-rules', search: { rule: key }, ignoreBlocker: true });
        },
      },
    );
  };
  const test = () => {
    setAsked('trial');
    if (tryable) trial.mutate(tryable, { onError: sayFailed });
  };
  const tried =
    trial.data && JSON.stringify(withoutState(trial.variables)) === JSON.stringify(tryable && withoutState(tryable));
  const failure = put.error ? errorText(put.error) : null;
  return (
    <>
      <div>
        <Link to="/settings/risk-rules" className="text-xs text-muted hover:text-text">
          ← Risk rules
        </Link>
        <PageHeader
          title={rule ? rule.title : 'New risk rule'}
          note={rule?.shipped ? 'Shipped with the product; change it as you like, or switch it off.' : undefined}
          actions={
            <>
              {rule && !rule.enabled && <Badge>Off</Badge>}
              {rule && !locked && <Remove rule={rule} />}
            </>
          }
        />
      </div>
      <div className="grid items-start gap-5 2xl:grid-cols-[minmax(0,1fr)_26rem]">
        <div className="flex min-w-0 flex-col gap-4">
          <Section title="Opens when" note="A condition on a signal that is missing does not hold.">
            <ConditionEditor
              label="Condition of the rule"
              value={form.condition}
              units={{ looks, currency: workspace.currency }}
              disabled={locked}
              onChange={(next) => setForm({ ...form, condition: next })}
            />
            {faults?.condition && (
              <p role="alert" className="mt-1 text-xs text-critical">
                {faults.condition}
              </p>
            )}
          </Section>
          <RuleFields form={form} faults={faults ?? {}} locked={locked} onChange={setForm} />
          {failure && (
            <p role="alert" className="rounded-md bg-critical-soft px-3 py-2 text-sm text-critical">
              {failure.title}. {failure.detail}
            </p>
          )}
          {!locked && (
            <div className="flex flex-wrap gap-2">
              <Button tone="primary" busy={put.isPending} onClick={save}>
                {rule ? 'Save rule' : 'Add rule'}
              </Button>
              <Button busy={trial.isPending} onClick={test}>
                <FlaskConical className="size-4" aria-hidden="true" />
                Try on the past
              </Button>
            </div>
          )}
        </div>
        <aside className="flex min-w-0 flex-col gap-4 2xl:sticky 2xl:top-4">
          <Section title="On the past" note="With the signals as they were on each day; nothing opens for real.">
            {trial.data ? (
              <Trial trial={trial.data} currency={workspace.currency} stale={!tried} />
            ) : (
              <EmptyState
                compact
                icon={<FlaskConical />}
                title="Not tried yet"
                why="Trying it shows what it would have opened, and how many of those accounts were lost, before anybody is alarmed."
                action={
                  !locked && (
                    <Button busy={trial.isPending} onClick={test}>
                      Try on the past
                    </Button>
                  )
                }
              />
            )}
          </Section>
          {rule && (
            <Section title="Track record" note="Of the rule as it has been working.">
              <TrackRecord record={rule.trackRecord} counting={rule.counting} />
            </Section>
          )}
        </aside>
      </div>
      <UnsavedGuard dirty={dirty} what="this rule" />
    </>
  );
}

function withoutState({ enabled: _enabled, title: _title, recommendedAction: _action, ...rest }: RuleBody) {
  return rest;
}

/** A key made from the title that no rule has. */
function freeKey(title: string, taken: ReadonlySet<string>): string {
  const plain = keyFrom(title)
    .replaceAll('_', '-')
    .replace(/^[^a-z]+/, '');
  const wanted = plain.length >= 2 ? plain : 'rule';
  if (!taken.has(wanted)) return wanted;
  let number = 2;
  while (taken.has(`${wanted}-${number}`)) number += 1;
  return `${wanted}-${number}`;
}

/** Rules of one's own can be removed; shipped ones are switched off in the list. */
function Remove({ rule }: { rule: Rule }) {
  const remove = useDeleteRule();
  const put = usePutRule();
  const navigate = useNavigate();
  if (rule.shipped) return null;
  return (
    <Button
      tone="danger"
      busy={remove.isPending}
      onClick={() =>
        remove.mutate(rule.key, {
          onError: sayFailed,
          onSuccess: () => {
            void navigate({ to: '/settings/risk-rules', ignoreBlocker: true });
            toast({
              text: `${rule.title} removed`,
              undo: () => put.mutate({ key: rule.key, body: bodyOf(rule) }, { onError: sayFailed }),
            });
          },
        })
      }
    >
      Remove rule
    </Button>
  );
}

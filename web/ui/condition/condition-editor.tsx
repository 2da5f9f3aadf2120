import { useEffect, useMemo, useRef, useState } from 'react';
import { parseChecked, type TextProblem } from '#core/condition/parse.ts';
import { print } from '#core/condition/print.ts';
import type { Condition } from '#core/condition/types.ts';
import { Textarea } from '../input.tsx';
import { ConditionForm } from './condition-form.tsx';
import { type DraftGroup, emptyGroup, fromDraft, toDraft, type Units } from './draft.ts';
import { conditionWords } from './words.ts';

export interface ConditionEditorProps {
  /** what the condition decides, as in "Condition of the rule" */
  label: string;
  /** null = none yet */
  value: Condition | null;
  /** null while the condition is incomplete or wrong */
  onChange: (condition: Condition | null) => void;
  units: Units;
  disabled?: boolean;
}

/** A condition as a form and as text, side by side; each follows the other. */
export function ConditionEditor({ label, value, onChange, units, disabled = false }: ConditionEditorProps) {
  const [draft, setDraft] = useState<DraftGroup>(() => (value ? toDraft(value, units) : emptyGroup));
  const [text, setText] = useState(() => (value ? print(value) : ''));
  const [problems, setProblems] = useState<TextProblem[]>([]);
  const names = useMemo(() => [...units.looks].map(([key, { type }]) => ({ key, type })), [units.looks]);
  const said = useRef(value);
  useEffect(() => {
    if (value === said.current || value === null) return;
    said.current = value;
    setDraft(toDraft(value, units));
    setText(print(value));
    setProblems([]);
  }, [value, units]);
  const say = (condition: Condition | null) => {
    said.current = condition;
    onChange(condition);
  };

  const changeForm = (next: DraftGroup) => {
    setDraft(next);
    const condition = fromDraft(next, units);
    if (condition) {
      setText(print(condition));
      setProblems([]);
    }
    say(condition);
  };
  const changeText = (next: string) => {
    setText(next);
    const parsed = parseChecked(next, names);
    setProblems(parsed.ok || next.trim() === '' ? [] : parsed.problems);
    if (parsed.ok) setDraft(toDraft(parsed.condition, units));
    say(parsed.ok ? parsed.condition : null);
  };
  const condition = fromDraft(draft, units);
  return (
    <div className="grid gap-3 xl:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
      <div className="min-w-0">
        <ConditionForm draft={draft} onChange={changeForm} units={units} disabled={disabled || problems.length > 0} />
        {problems.length > 0 && (
          <p className="mt-1 text-xs text-faint">The lines show the last text that could be read.</p>
        )}
      </div>
      <div className="min-w-0">
        <Textarea
          aria-label={`${label}, as text`}
          className="min-h-24 font-mono !text-xs"
          spellCheck={false}
          placeholder="usage.login_change <= -0.5 and seats.utilization < 0.4"
          value={text}
          disabled={disabled}
          aria-invalid={problems.length > 0}
          onChange={(event) => changeText(event.target.value)}
        />
        {problems.map(({ at, message }) => (
          <p key={`${at} ${message}`} role="alert" className="mt-1 text-xs text-critical">
            At character {at + 1}: {message}
          </p>
        ))}
        {problems.length === 0 && (
          <p className="mt-1 text-xs text-muted">
            {condition ? conditionWords(condition, units) : 'Complete the lines, or write the condition here.'}
          </p>
        )}
      </div>
    </div>
  );
}

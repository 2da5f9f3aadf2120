import { X } from 'lucide-react';
import { useState } from 'react';
import { formatDate } from '#web/lib/format.ts';
import { useSignedIn } from '#web/lib/session.ts';
import { Button } from '#web/ui/button.tsx';
import { cx } from '#web/ui/cx.ts';
import { Field, Input } from '#web/ui/input.tsx';
import { Section } from '#web/ui/page.tsx';
import { sayFailed } from '#web/ui/say-failed.ts';
import { Select } from '#web/ui/select.tsx';
import { toast } from '#web/ui/toast.tsx';
import { useUpdateWorkspace } from '../api/update-workspace.ts';
import type { Workspace } from './general.tsx';

const rhythms = [
  { value: 'daily', label: 'Every day', description: 'People use the product on all seven days' },
  { value: 'working_days', label: 'Working days', description: 'Used on working days; weekends say nothing' },
  { value: 'weekly', label: 'Weekly', description: 'Used once or twice a week' },
] as const;
const days = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

/** The rhythm in which customers use the product, so that a quiet Sunday alarms nobody. */
export function Calendar({ workspace }: { workspace: Workspace }) {
  const { can } = useSignedIn();
  const update = useUpdateWorkspace();
  const locked = !can('settings.manage');
  const change = (part: Parameters<typeof update.mutate>[0], said: string) =>
    update.mutate(part, { onError: sayFailed, onSuccess: () => toast({ text: said }) });
  const toggle = (day: number) => {
    const next = workspace.workingDays.includes(day)
      ? workspace.workingDays.filter((one) => one !== day)
      : [...workspace.workingDays, day].sort((a, b) => a - b);
    if (next.length === 0) return toast({ tone: 'failed', text: 'At least one day must be a working day.' });
    change({ workingDays: next }, 'Working days saved. Accounts are judged again.');
  };
  return (
    <Section title="Calendar and rhythm" note="How often your product is meant to be used. Usage signals follow it.">
      <div className="flex flex-col gap-5">
        <div className="max-w-xs">
          <Field label="Rhythm of use">
            {({ id }) => (
              <Select
                id={id}
                options={rhythms}
                value={workspace.rhythm}
                disabled={locked || update.isPending}
                onChange={(rhythm) => change({ rhythm }, 'Rhythm saved. Accounts are judged again.')}
              />
            )}
          </Field>
        </div>
        <fieldset>
          <legend className="mb-1.5 text-sm font-medium">Working days</legend>
          <div className="flex flex-wrap gap-1.5">
            {days.map((name, day) => {
              const on = workspace.workingDays.includes(day);
              return (
                <button
                  key={name}
                  type="button"
                  aria-pressed={on}
                  disabled={locked || update.isPending}
                  onClick={() => toggle(day)}
                  className={cx(
                    'h-8 w-12 rounded-md border text-sm font-medium disabled:cursor-not-allowed',
                    on
                      ? 'border-accent bg-accent-soft text-accent-text'
                      : 'border-line-strong text-muted hover:bg-hover',
                  )}
                >
                  {name.slice(0, 3)}
                  <span className="sr-only">{name.slice(3)}</span>
                </button>
              );
            })}
          </div>
        </fieldset>
        <Holidays
          holidays={workspace.holidays}
          locked={locked}
          busy={update.isPending}
          onChange={(holidays) => change({ holidays }, 'Holidays saved. Accounts are judged again.')}
        />
      </div>
    </Section>
  );
}

interface HolidaysProps {
  holidays: readonly string[];
  locked: boolean;
  busy: boolean;
  onChange: (holidays: string[]) => void;
}

function Holidays({ holidays, locked, busy, onChange }: HolidaysProps) {
  const [day, setDay] = useState('');
  const years = Map.groupBy([...holidays].sort(), (one) => one.slice(0, 4));
  const add = () => {
    if (!day || holidays.includes(day)) return;
    onChange([...holidays, day]);
    setDay('');
  };
  return (
    <div>
      <h3 className="mb-1.5 text-sm font-medium">Holidays</h3>
      {holidays.length === 0 && (
        <p className="mb-2 text-xs text-faint">None. On a holiday, nobody is expected to use the product.</p>
      )}
      {[...years].map(([year, dates]) => (
        <div key={year} className="mb-2 flex flex-wrap items-center gap-1.5">
          <span className="tnum w-10 text-xs text-faint">{year}</span>
          {dates.map((one) => (
            <span
              key={one}
              className="tnum inline-flex h-6 items-center gap-1 rounded-sm bg-none-soft pr-0.5 pl-1.5 text-xs text-text"
            >
              {formatDate(one).replace(new RegExp(`,? ?${year}`), '')}
              {!locked && (
                <button
                  type="button"
                  aria-label={`Remove ${formatDate(one)}`}
                  disabled={busy}
                  onClick={() => onChange(holidays.filter((other) => other !== one))}
                  className="rounded-xs p-0.5 text-faint hover:bg-hover hover:text-text"
                >
                  <X className="size-3" aria-hidden="true" />
                </button>
              )}
            </span>
          ))}
        </div>
      ))}
      {!locked && (
        <form
          className="flex items-center gap-2"
          onSubmit={(event) => {
            event.preventDefault();
            add();
          }}
        >
          <Input
            type="date"
            aria-label="Holiday to add"
            className="!w-40"
            value={day}
            onChange={(event) => setDay(event.target.value)}
          />
          <Button type="submit" disabled={!day || busy}>
            Add holiday
          </Button>
        </form>
      )}
    </div>
  );
}

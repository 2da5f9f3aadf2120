import { ArrowDown, ArrowUp, Trash2 } from 'lucide-react';
import type { SignalDefinition } from '#contracts/signals.ts';
import type { Band, Component } from '#core/health/scorecard.ts';
import { IconButton } from '#web/ui/button.tsx';
import { Combobox } from '#web/ui/combobox.tsx';
import { cx } from '#web/ui/cx.ts';
import { Input } from '#web/ui/input.tsx';
import { addSignal, fillUpSignals, moved, setSignal, without } from '../edit.ts';
import { placeId } from '../places.ts';
import { NumberInput } from './number-input.tsx';
import { SignalRow } from './signal-row.tsx';
import { WeightBar } from './weight-bar.tsx';

export interface ComponentCardProps {
  component: Component;
  index: number;
  catalogue: ReadonlyMap<string, SignalDefinition>;
  bands: readonly Band[];
  currency: string;
  locked: boolean;
  /** whether something at this path or inside is at fault */
  isFaulty: (path: string) => boolean;
  isOpen: (path: string) => boolean;
  onToggle: (path: string) => void;
  onChange: (component: Component) => void;
  onMove: (by: -1 | 1) => void;
  onRemove: () => void;
}

/** A component: its name, its weight in the whole, and the signals that it is made of. */
export function ComponentCard(props: ComponentCardProps) {
  const { component, index, catalogue, locked, isFaulty, onChange } = props;
  const path = `components[${index}]`;
  const used = new Set(component.signals.map(({ signal }) => signal));
  const options = [...catalogue.values()]
    .filter(({ key }) => !used.has(key) && !/^(health|risk)\./.test(key))
    .map(({ key, title, presence, connected }) => ({
      value: key,
      label: title,
      description:
        connected && presence ? `${Math.round(presence * 100)}% of accounts have it` : 'no account has it yet',
    }));
  const scored = component.signals.filter(({ curve }) => curve !== null);
  return (
    <section
      id={placeId(path)}
      aria-label={component.title || `Component ${index + 1}`}
      className={cx('rounded-lg border bg-surface p-3', isFaulty(path) ? 'border-critical-fill/50' : 'border-line')}
    >
      <header className="flex flex-wrap items-center gap-2">
        <span id={placeId(`${path}.title`)} className="min-w-40 flex-1">
          <Input
            aria-label={`Name of component ${index + 1}`}
            className="!border-transparent !bg-transparent !px-1.5 font-semibold hover:!border-line-strong"
            value={component.title}
            disabled={locked}
            aria-invalid={component.title.trim() === '' || undefined}
            onChange={(event) => onChange({ ...component, title: event.target.value })}
          />
        </span>
        <span id={placeId(`${path}.weight`)}>
          <NumberInput
            label={`Weight of ${component.title}`}
            className="!w-18 font-semibold"
            value={component.weight}
            unit="%"
            disabled={locked}
            invalid={!Number.isFinite(component.weight)}
            onChange={(weight) => onChange({ ...component, weight })}
          />
        </span>
        {!locked && (
          <span className="flex">
            <span className="hidden sm:flex">
              <IconButton size="sm" label={`Move ${component.title} up`} onClick={() => props.onMove(-1)}>
                <ArrowUp className="size-3.5" aria-hidden="true" />
              </IconButton>
              <IconButton size="sm" label={`Move ${component.title} down`} onClick={() => props.onMove(1)}>
                <ArrowDown className="size-3.5" aria-hidden="true" />
              </IconButton>
            </span>
            <IconButton size="sm" label={`Remove ${component.title}`} onClick={props.onRemove}>
              <Trash2 className="size-3.5" aria-hidden="true" />
            </IconButton>
          </span>
        )}
      </header>
      <div id={placeId(`${path}.signals`)} className="mt-2 px-1.5">
        {scored.length > 1 && (
          <div className="mb-1.5">
            <WeightBar
              small
              of={`signals of ${component.title}`}
              parts={component.signals.map(({ signal, weight }) => ({
                key: signal,
                title: catalogue.get(signal)?.title ?? signal,
                weight,
              }))}
              onFillUp={() => onChange(fillUpSignals(component))}
              locked={locked}
            />
          </div>
        )}
        {scored.length <= 1 && component.signals.length > 0 && isFaulty(`${path}.signals`) && !locked && (
          <button
            type="button"
            className="mb-1.5 text-xs font-medium text-accent-text hover:underline"
            onClick={() => onChange(fillUpSignals(component))}
          >
            Give it the whole weight
          </button>
        )}
        <ul>
          {component.signals.map((signal, at) => {
            const own = `${path}.signals[${at}]`;
            return (
              <SignalRow
                key={signal.signal}
                signal={signal}
                definition={catalogue.get(signal.signal)}
                path={own}
                faulty={isFaulty(own)}
                bands={props.bands}
                currency={props.currency}
                locked={locked}
                open={props.isOpen(own)}
                onToggle={() => props.onToggle(own)}
                onChange={(part) => onChange(setSignal(component, at, part))}
                onMove={(by) => onChange({ ...component, signals: moved(component.signals, at, by) })}
                onRemove={() => onChange({ ...component, signals: without(component.signals, at) })}
              />
            );
          })}
        </ul>
        {!locked && (
          <div className={cx('pt-2', component.signals.length > 0 && 'border-t border-line')}>
            <Combobox
              label={`Add a signal to ${component.title}`}
              placeholder="Add a signal"
              className="!h-7 !w-44 !text-xs"
              options={options}
              value={null}
              onChange={(key) => {
                const definition = key === null ? undefined : catalogue.get(key);
                if (definition) onChange(addSignal(component, definition));
              }}
            />
          </div>
        )}
      </div>
    </section>
  );
}

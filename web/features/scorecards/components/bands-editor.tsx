import { Plus, X } from 'lucide-react';
import { type Band, type BandTone, bandTones, type Scorecard } from '#core/health/scorecard.ts';
import { BandShape } from '#web/ui/band-badge.tsx';
import { Button, IconButton } from '#web/ui/button.tsx';
import { Input } from '#web/ui/input.tsx';
import { Section } from '#web/ui/page.tsx';
import { Select } from '#web/ui/select.tsx';
import { addBand, removeBand, setBand } from '../edit.ts';
import { placeId } from '../places.ts';
import { NumberInput } from './number-input.tsx';

const toneWords: Record<BandTone, string> = { good: 'Good', fair: 'Fair', warning: 'Warning', critical: 'Critical' };
const toneOptions = bandTones.map((tone) => ({ value: tone, label: toneWords[tone], icon: <BandShape tone={tone} /> }));
const mostBands = 6;

export interface BandsEditorProps {
  card: Scorecard;
  locked: boolean;
  onChange: (card: Scorecard) => void;
}

/** Bands from the highest down: where each begins, what it is called, what to do with an account in it. */
export function BandsEditor({ card, locked, onChange }: BandsEditorProps) {
  return (
    <Section
      title="Bands"
      note="Each begins at its limit and ends where the one above begins."
      actions={
        !locked &&
        card.bands.length < mostBands && (
          <Button size="sm" tone="quiet" onClick={() => onChange(addBand(card))}>
            <Plus className="size-3.5" aria-hidden="true" /> Band
          </Button>
        )
      }
    >
      <div aria-hidden="true" className="mb-3 flex h-2 gap-px overflow-hidden rounded-full">
        {[...card.bands].reverse().map((band) => (
          <span
            key={band.key}
            style={{ width: `${Math.max(0, band.upper - band.lower) || 0}%`, background: `var(--${band.tone}-fill)` }}
          />
        ))}
      </div>
      <ul id={placeId('bands')} className="flex flex-col">
        {card.bands.map((band, index) => (
          <BandRow
            key={band.key}
            band={band}
            index={index}
            lowest={index === card.bands.length - 1}
            locked={locked}
            onChange={(part) => onChange(setBand(card, index, part))}
            onRemove={card.bands.length > 1 ? () => onChange(removeBand(card, index)) : undefined}
          />
        ))}
      </ul>
    </Section>
  );
}

interface BandRowProps {
  band: Band;
  index: number;
  lowest: boolean;
  locked: boolean;
  onChange: (part: Partial<Band>) => void;
  onRemove: (() => void) | undefined;
}

function BandRow({ band, index, lowest, locked, onChange, onRemove }: BandRowProps) {
  return (
    <li
      id={placeId(`bands[${index}]`)}
      className="flex flex-wrap items-center gap-2 border-t border-line py-2.5 first:border-t-0 first:pt-0 last:pb-0"
    >
      <Select
        label={`Meaning of ${band.name}`}
        size="sm"
        className="!w-28"
        options={toneOptions}
        value={band.tone}
        disabled={locked}
        onChange={(tone) => onChange({ tone })}
      />
      <Input
        aria-label={`Name of band ${index + 1}`}
        className="!h-7 !w-32"
        value={band.name}
        disabled={locked}
        onChange={(event) => onChange({ name: event.target.value })}
      />
      <span className="flex items-center gap-1.5 text-xs text-faint">
        from
        <NumberInput
          label={`Lower limit of ${band.name}`}
          value={band.lower}
          disabled={locked || lowest}
          invalid={!(band.lower < band.upper)}
          onChange={(lower) => onChange({ lower })}
        />
        <span className="tnum w-16">to {Number.isFinite(band.upper) ? band.upper : '…'}</span>
      </span>
      <Input
        aria-label={`What to do in ${band.name}`}
        className="!h-7 min-w-40 flex-1"
        value={band.action}
        disabled={locked}
        onChange={(event) => onChange({ action: event.target.value })}
      />
      {!locked && (
        <IconButton size="sm" label={`Remove ${band.name}`} disabled={!onRemove} onClick={onRemove}>
          <X className="size-3.5" aria-hidden="true" />
        </IconButton>
      )}
    </li>
  );
}

import { useState } from 'react';
import type { Scorecard } from '#core/health/scorecard.ts';
import { useConditionNames } from '#web/lib/condition-names.ts';
import { formatPercent } from '#web/lib/format.ts';
import { ConditionEditor } from '#web/ui/condition/condition-editor.tsx';
import { Section } from '#web/ui/page.tsx';
import { Checkbox, Slider } from '#web/ui/toggles.tsx';
import { placeId } from '../places.ts';

export interface ReachProps {
  card: Scorecard;
  currency: string;
  locked: boolean;
  onChange: (card: Scorecard) => void;
}

/** Which accounts the scorecard is for, and how much must be known of one to score it. */
export function Reach({ card, currency, locked, onChange }: ReachProps) {
  const looks = useConditionNames('scorecard');
  const [some, setSome] = useState(card.appliesTo !== null);
  return (
    <Section title="Which accounts, and from when on">
      <div className="flex flex-col gap-5">
        <div id={placeId('appliesTo')}>
          <Checkbox
            checked={!some}
            disabled={locked}
            onChange={(event) => {
              setSome(!event.target.checked);
              if (event.target.checked) onChange({ ...card, appliesTo: null });
            }}
            label="For all accounts"
          />
          {some && looks.size > 0 && (
            <div className="mt-2">
              <ConditionEditor
                label="Which accounts it is for"
                value={card.appliesTo}
                units={{ looks, currency }}
                disabled={locked}
                onChange={(appliesTo) => appliesTo && onChange({ ...card, appliesTo })}
              />
              {card.appliesTo === null && (
                <p className="mt-1 text-xs text-warning">Until the condition is complete, it is for all accounts.</p>
              )}
            </div>
          )}
        </div>
        <div id={placeId('minCoverage')} className="max-w-sm">
          <Slider
            label="Least coverage"
            value={Math.round(card.minCoverage * 100)}
            disabled={locked}
            format={(value) => formatPercent(value / 100)}
            onChange={(value) => onChange({ ...card, minCoverage: value / 100 })}
          />
          <p className="text-xs text-faint">
            An account of which less is known has no score but “not enough data”, with what is missing.
          </p>
        </div>
      </div>
    </Section>
  );
}

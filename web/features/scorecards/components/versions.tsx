import { useQuery } from '@tanstack/react-query';
import type { Scorecard } from '#core/health/scorecard.ts';
import { asScorecard } from '#web/lib/scorecards.ts';
import { Badge } from '#web/ui/badge.tsx';
import { Button } from '#web/ui/button.tsx';
import { DateText } from '#web/ui/date-text.tsx';
import { Loaded } from '#web/ui/loaded.tsx';
import { SkeletonLines } from '#web/ui/skeleton.tsx';
import { versionsQuery } from '../api/list-versions.ts';
import { differences, type Wording } from '../compare.ts';

export interface VersionsProps {
  id: number;
  /** what is on the page now */
  current: Scorecard;
  wording: Wording;
  /** absent where nothing may be changed */
  onUse?: (card: Scorecard) => void;
}

/** Every version with what it changed against the one before, and the way back to it. */
export function Versions({ id, current, wording, onUse }: VersionsProps) {
  const versions = useQuery(versionsQuery(id));
  return (
    <Loaded query={versions} skeleton={<SkeletonLines lines={8} />}>
      {({ items }) => (
        <ol className="flex flex-col gap-4">
          {items.map((version, index) => {
            const card = asScorecard(version.definition);
            const before = items[index + 1];
            const changes = before ? differences(asScorecard(before.definition), card, wording) : null;
            const fromHere = differences(current, card, wording);
            return (
              <li key={version.version} className="border-t border-line pt-3 first:border-t-0 first:pt-0">
                <div className="flex items-center gap-2">
                  <h3 className="text-sm font-semibold">Version {version.version}</h3>
                  {version.live && <Badge tone="good">Live</Badge>}
                  {!version.live && version.publishedAt && <Badge>Was live</Badge>}
                  {!version.publishedAt && <Badge tone="warning">Draft</Badge>}
                  <span className="flex-1" />
                  {onUse && fromHere.length > 0 && (
                    <Button size="sm" onClick={() => onUse(card)}>
                      Edit from here
                    </Button>
                  )}
                </div>
                <p className="text-xs text-faint">
                  saved <DateText value={version.createdAt} />
                  {version.publishedAt && (
                    <>
                      , published <DateText value={version.publishedAt} />
                    </>
                  )}
                </p>
                {version.note && <p className="mt-1 text-sm text-text">{version.note}</p>}
                {changes === null ? (
                  <p className="mt-1 text-xs text-muted">The first version.</p>
                ) : (
                  <ChangeList changes={changes} />
                )}
                <details className="mt-1 text-xs">
                  <summary className="text-muted">
                    {fromHere.length === 0
                      ? 'Same as on the page'
                      : `${fromHere.length} differences from what is on the page`}
                  </summary>
                  <ChangeList changes={fromHere} />
                </details>
              </li>
            );
          })}
        </ol>
      )}
    </Loaded>
  );
}

export function ChangeList({ changes }: { changes: readonly string[] }) {
  if (changes.length === 0) return <p className="mt-1 text-xs text-muted">Nothing that scores changed.</p>;
  return (
    <ul className="mt-1 list-disc pl-4 text-xs text-muted marker:text-faint">
      {changes.map((change) => (
        <li key={change} className="break-words">
          {change}
        </li>
      ))}
    </ul>
  );
}

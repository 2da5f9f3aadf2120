import { cx } from '#web/ui/cx.ts';
import type { TrackRecord as Figures } from '../api/list-rules.ts';
import { recordSentences, verdictOf, verdictText } from '../record-words.ts';
import { ShareBar } from './share-bar.tsx';

/** What a rule has been worth, in words and one bar. */
export function TrackRecord({ record }: { record: Figures | null }) {
  const verdict = verdictOf(record);
  if (verdict === 'none-yet') return <p className="text-xs text-faint">{verdictText(verdict)}</p>;
  return (
    <div className="flex flex-wrap items-start gap-x-4 gap-y-1">
      <div className="min-w-0 flex-1 basis-64">
        <p
          className={cx(
            'text-xs font-medium',
            verdict === 'telling' ? 'text-good' : verdict === 'no-better' ? 'text-warning' : 'text-muted',
          )}
        >
          {verdictText(verdict)}
        </p>
        {record && record.opened > 0 && <p className="text-xs text-muted">{recordSentences(record).join(' ')}</p>}
      </div>
      {record && record.share180 !== null && (
        <div className="shrink-0">
          <ShareBar record={record} />
          <p className="text-2xs text-faint">lost in 180 days; dashed: all accounts</p>
        </div>
      )}
    </div>
  );
}

import { cx } from '#web/ui/cx.ts';
import type { TrackRecord as Figures } from '../api/list-rules.ts';
import { headline, recordSentences, toneOf, verdictOf } from '../record-words.ts';
import { ShareBar } from './share-bar.tsx';

const tones = { good: 'text-good', warning: 'text-warning', none: 'text-text' };

/** What a rule has been worth, in words and one bar. */
export function TrackRecord({ record, counting = false }: { record: Figures | null; counting?: boolean }) {
  return (
    <div className="flex flex-wrap items-start gap-x-4 gap-y-1">
      <div className="min-w-0 flex-1 basis-64">
        <p className={cx('text-sm font-medium', tones[toneOf[verdictOf(record, counting)]])}>
          {headline(record, counting)}
        </p>
        {record && record.opened > 0 && (
          <p className="mt-0.5 text-xs text-muted">
            {counting && 'Until now: '}
            {recordSentences(record).join(' ')}
          </p>
        )}
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

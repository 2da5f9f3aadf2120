import { useQuery } from '@tanstack/react-query';
import type { Scorecard } from '#core/health/scorecard.ts';
import { countOf, formatMoney } from '#web/lib/format.ts';
import { Button } from '#web/ui/button.tsx';
import { cx } from '#web/ui/cx.ts';
import { previewQuery } from '../api/preview-scorecard.ts';

export interface PreviewBarProps {
  card: Scorecard;
  /** whether what is on the page has a fault */
  behind: boolean;
  compareWith: number | undefined;
  currency: string;
  /** leads to the whole preview */
  onShow: () => void;
}

/** The preview in one line, always in sight where the whole of it stands below what is edited. */
export function PreviewBar({ card, behind, compareWith, currency, onShow }: PreviewBarProps) {
  const { data, isPlaceholderData } = useQuery(previewQuery(card, compareWith));
  if (!data) return null;
  const { changed, arrChangedMinor } = data;
  return (
    <div
      className="sticky bottom-0 z-10 -mx-4 mt-4 flex items-center gap-3 border-t border-line-strong bg-raised px-4 py-2 text-sm sm:-mx-6 sm:px-6 xl:hidden"
      aria-live="polite"
    >
      <span className={cx('tnum min-w-0 flex-1', (behind || isPlaceholderData) && 'opacity-60')}>
        <b className="font-semibold">
          {changed === 0 ? 'No account changes band' : `${countOf(changed, 'account')} change band`}
        </b>
        {changed > 0 && `, ${formatMoney(arrChangedMinor, currency, { short: true })} ARR`}
        {behind && <span className="text-muted"> (before the fault)</span>}
      </span>
      <Button size="sm" onClick={onShow}>
        Preview
      </Button>
    </div>
  );
}

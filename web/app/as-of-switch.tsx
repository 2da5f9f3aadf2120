import { useMatches, useNavigate } from '@tanstack/react-router';
import { History, X } from 'lucide-react';
import { daysBefore } from '#web/lib/days.ts';
import { formatDate } from '#web/lib/format.ts';
import { useSignedIn } from '#web/lib/session.ts';
import { Button } from '#web/ui/button.tsx';
import { Input } from '#web/ui/input.tsx';
import { Popover } from '#web/ui/popover.tsx';

/** Pages that can be shown as of a past day. */
const pagesWithPast = ['/app/accounts/$accountId'];

/** Now, or a past day. Looking at the past tints the frame and says so. */
export function AsOfSwitch({ asOf }: { asOf: string | undefined }) {
  const { workspace } = useSignedIn();
  const navigate = useNavigate();
  const matches = useMatches();
  if (!matches.some((match) => pagesWithPast.includes(match.routeId))) return null;
  const show = (day: string | undefined) =>
    void navigate({ to: '.', search: (old) => ({ ...old, asOf: day === workspace.today ? undefined : day }) });
  return (
    <span className="flex items-center">
      <Popover
        label="Show as of"
        align="end"
        className="w-64 p-3"
        trigger={
          <Button tone={asOf ? 'secondary' : 'quiet'} size="sm">
            <History className="size-3.5" aria-hidden="true" />
            {asOf ? `As of ${formatDate(asOf)}` : 'Now'}
          </Button>
        }
      >
        {(close) => (
          <div className="flex flex-col gap-2">
            <p className="text-xs text-muted">Show health and signals as they were at the end of a past day.</p>
            <Input
              type="date"
              aria-label="Day"
              max={workspace.today}
              value={asOf ?? workspace.today}
              onChange={(event) => event.target.value && show(event.target.value)}
            />
            <div className="flex flex-wrap gap-1">
              {[7, 30, 90, 365].map((days) => (
                <Button
                  key={days}
                  size="sm"
                  tone="quiet"
                  onClick={() => {
                    show(daysBefore(workspace.today, days));
                    close();
                  }}
                >
                  {days} days ago
                </Button>
              ))}
            </div>
          </div>
        )}
      </Popover>
      {asOf && (
        <Button size="sm" tone="quiet" onClick={() => show(undefined)}>
          <X className="size-3.5" aria-hidden="true" />
          Back to now
        </Button>
      )}
    </span>
  );
}

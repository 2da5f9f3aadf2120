import { FileUp } from 'lucide-react';
import { Badge } from '#web/ui/badge.tsx';
import { BandBadge } from '#web/ui/band-badge.tsx';
import { Button } from '#web/ui/button.tsx';
import { DateText } from '#web/ui/date-text.tsx';
import { Kbd } from '#web/ui/kbd.tsx';
import { Money } from '#web/ui/money.tsx';
import { NumberWithHelp } from '#web/ui/number-with-help.tsx';
import { Section, Stat } from '#web/ui/page.tsx';
import { RiskLevelBadge } from '#web/ui/risk-level-badge.tsx';
import { SkeletonLines } from '#web/ui/skeleton.tsx';
import { Sparkline } from '#web/ui/sparkline.tsx';
import { EmptyState, ErrorState } from '#web/ui/states.tsx';

const trend = [62, 64, 63, 66, 70, 71, 69, 64, null, null, 58, 55, 51, 52, 47];
const asOf = '2026-11-21T09:12:00Z';

export function Statuses() {
  return (
    <>
      <Section title="Status">
        <div className="flex flex-col gap-3">
          <div className="flex flex-wrap gap-2">
            <BandBadge tone="good" name="Green" score={82.4} />
            <BandBadge tone="warning" name="Yellow" score={63.08} />
            <BandBadge tone="critical" name="Red" score={31} />
            <BandBadge tone="none" name="Insufficient data" />
            <BandBadge tone="good" name="Healthy" score={91} />
            <BandBadge tone="fair" name="Neutral" score={68} />
            <BandBadge tone="warning" name="At risk" score={47} />
            <BandBadge tone="critical" name="Critical" score={22} />
          </div>
          <div className="flex flex-wrap items-center gap-4">
            <RiskLevelBadge level="none" />
            <RiskLevelBadge level="medium" />
            <RiskLevelBadge level="high" />
            <RiskLevelBadge level="critical" />
            <Badge>Onboard</Badge>
            <Badge tone="accent">Strategic</Badge>
            <Badge tone="warning">Renews in 12 days</Badge>
            <Kbd keys="mod+k" />
          </div>
        </div>
      </Section>
      <Section title="Figures">
        <div className="grid grid-cols-2 gap-6 sm:grid-cols-4">
          <Stat
            lead
            label="ARR at risk"
            note="of €8.4M in 412 accounts"
            value={
              <NumberWithHelp
                label="ARR at risk"
                help={{
                  what: 'The ARR of accounts with an open high or critical risk signal, each account once.',
                  source: '37 accounts, 52 open signals',
                  asOf,
                  how: '€180k more than a week ago: 4 accounts opened, 2 resolved',
                }}
              >
                <Money amountMinor={123_456_700} currency="EUR" short />
              </NumberWithHelp>
            }
          />
          <Stat label="Exact" value={<Money amountMinor={123_456_789} currency="EUR" />} />
          <Stat
            label="Drawn as uncertain"
            value={
              <NumberWithHelp
                label="Stickiness"
                uncertain
                help={{ what: 'Share of monthly users on a day.', source: 'only 3 users', asOf: null }}
              >
                33%
              </NumberWithHelp>
            }
          />
          <Stat label="Renewal" value={<DateText value="2026-12-03" />} note={<DateText value="2027-09-30" />} />
          <Sparkline values={trend} label="Health over 15 days" leastSpan={20} />
          <Sparkline values={trend} label="Health, own range" tone="critical" />
          <Sparkline values={[null, null]} label="Nothing" />
          <SkeletonLines lines={2} />
        </div>
      </Section>
      <div className="grid gap-4 lg:grid-cols-2">
        <Section title="Nothing here yet">
          <EmptyState
            icon={<FileUp />}
            title="No accounts yet"
            why="Accounts appear when you import a file, connect a CRM, or when the first event arrives."
            action={<Button tone="primary">Import a file</Button>}
          />
        </Section>
        <Section title="It failed">
          <ErrorState
            title="The accounts could not be loaded"
            detail="Your filters are kept. The server did not answer within 10 seconds."
            id="req_7fK2a91"
            onRetry={() => {}}
          />
        </Section>
      </div>
    </>
  );
}

import { Link } from '@tanstack/react-router';
import { formatNumber, formatPercent } from '#web/lib/format.ts';
import { Badge } from '#web/ui/badge.tsx';
import { cx } from '#web/ui/cx.ts';
import type { DataColumn } from '#web/ui/data-table/types.ts';
import { Unknown } from '#web/ui/money.tsx';
import { RiskLevelBadge } from '#web/ui/risk-level-badge.tsx';
import type { Rule } from '../api/list-rules.ts';
import { timesLost, timesText, toneOf, verdictOf } from '../record-words.ts';
import { EnabledSwitch } from './enabled-switch.tsx';
import { ShareBar } from './share-bar.tsx';

/** The columns of the rules; what a rule looks at and asks for is in its panel. */
export function ruleColumns(wordsOf: (rule: Rule) => string): DataColumn<Rule>[] {
  return [
    {
      id: 'title',
      header: 'Rule',
      width: 284,
      sortable: true,
      cell: (rule) => (
        <span className={cx('min-w-0 leading-tight', !rule.enabled && 'text-faint')}>
          <span className="flex items-center gap-1.5">
            <Link
              to="/settings/risk-rules/$ruleKey"
              params={{ ruleKey: rule.key }}
              tabIndex={-1}
              title={rule.title}
              className="truncate hover:text-accent-text"
            >
              {rule.title}
            </Link>
            {!rule.shipped && <Badge tone="accent">ours</Badge>}
          </span>
          <Second rule={rule} words={wordsOf(rule)} />
        </span>
      ),
    },
    {
      id: 'urgency',
      header: 'Urgency',
      width: 96,
      sortable: true,
      firstSort: 'desc',
      skeleton: 'badge',
      cell: (rule) => <RiskLevelBadge flush level={rule.urgency} />,
    },
    {
      id: 'share',
      header: 'Came true',
      help: 'Of the accounts that it opened for, how many churned or shrank within 180 days of it. The dashed line: of all accounts.',
      width: 176,
      sortable: true,
      firstSort: 'desc',
      cell: (rule) => <CameTrue rule={rule} />,
    },
    {
      id: 'times',
      header: 'Against others',
      help: 'How many times as often as any account those were lost that it opened for. At 1 it tells nothing.',
      width: 136,
      align: 'right',
      sortable: true,
      firstSort: 'desc',
      skeleton: 'number',
      cell: ({ trackRecord }) => {
        const times = trackRecord && timesLost(trackRecord);
        return times === null ? <Unknown why="Not known yet" /> : `${timesText(times)}×`;
      },
    },
    {
      id: 'opened',
      header: 'Opened',
      help: 'How often it has opened, here and in the past that was counted for the time before',
      width: 88,
      align: 'right',
      sortable: true,
      firstSort: 'desc',
      skeleton: 'number',
      cell: ({ trackRecord }) => formatNumber(trackRecord?.opened ?? 0),
    },
    {
      id: 'open',
      header: 'Open now',
      width: 106,
      align: 'right',
      sortable: true,
      firstSort: 'desc',
      skeleton: 'number',
      cell: (rule) =>
        rule.open > 0 ? (
          <Link
            to="/risks"
            search={{ rule: rule.key }}
            tabIndex={-1}
            className="text-accent-text hover:underline"
            aria-label={`Open risks of ${rule.title}: ${rule.open}`}
          >
            {formatNumber(rule.open)}
          </Link>
        ) : (
          <span className="text-faint">0</span>
        ),
    },
    { id: 'enabled', header: 'On', width: 68, cell: (rule) => <EnabledSwitch rule={rule} /> },
  ];
}

function Second({ rule, words }: { rule: Rule; words: string }) {
  const unfed = rule.notConnected.length > 0;
  return (
    <span
      className={cx('block truncate text-xs font-normal', unfed ? 'text-warning' : 'text-faint')}
      title={unfed ? undefined : words}
    >
      {unfed ? 'Cannot open yet: a signal is missing' : words}
    </span>
  );
}

/** The share of alarms that came true, or why there is none. */
export function CameTrue({ rule }: { rule: Rule }) {
  const { trackRecord, counting } = rule;
  if (trackRecord === null || trackRecord.share180 === null) {
    return (
      <span className="truncate text-xs text-faint">
        {counting ? 'being counted' : trackRecord === null ? 'never opened' : 'too early to tell'}
      </span>
    );
  }
  const tone = toneOf[verdictOf(trackRecord, counting)];
  return (
    <span className="flex items-center gap-2">
      <span className={cx('tnum w-9 text-right', tone === 'good' && 'text-good', tone === 'warning' && 'text-warning')}>
        {formatPercent(trackRecord.share180)}
      </span>
      <ShareBar record={trackRecord} width={96} />
    </span>
  );
}

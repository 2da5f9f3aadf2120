import { Link } from '@tanstack/react-router';
import { countOf } from '#web/lib/format.ts';
import type { TableCard } from '#web/ui/data-table/types.ts';
import { RiskLevelBadge } from '#web/ui/risk-level-badge.tsx';
import type { Rule } from '../api/list-rules.ts';
import { EnabledSwitch } from './enabled-switch.tsx';
import { CameTrue } from './rule-columns.tsx';

export const cardHeight = 112;

/** A rule on a phone. */
export function ruleCard(wordsOf: (rule: Rule) => string): TableCard<Rule> {
  return {
    height: cardHeight,
    // its own text must not make a row wider than the window: rows are as wide as what is in them
    draw: (rule) => (
      <div className="flex h-full flex-col justify-center gap-1.5 px-4 [contain:inline-size]">
        <div className="flex items-center justify-between gap-3">
          <Link
            to="/settings/risk-rules/$ruleKey"
            params={{ ruleKey: rule.key }}
            tabIndex={-1}
            className="min-w-0 truncate font-semibold"
          >
            {rule.title}
          </Link>
          <RiskLevelBadge level={rule.urgency} />
        </div>
        <p className="truncate text-xs text-faint">{wordsOf(rule)}</p>
        <div className="flex items-center justify-between gap-3">
          <CameTrue rule={rule} />
          <EnabledSwitch rule={rule} />
        </div>
        <p className="text-xs text-muted">{rule.open > 0 ? countOf(rule.open, 'open risk') : 'none open'}</p>
      </div>
    ),
  };
}

import { Link } from '@tanstack/react-router';
import { countOf } from '#web/lib/format.ts';
import { useSignedIn } from '#web/lib/session.ts';
import { Badge } from '#web/ui/badge.tsx';
import { buttonClass } from '#web/ui/button.tsx';
import type { SignalLook } from '#web/ui/condition/words.ts';
import { RiskLevelBadge } from '#web/ui/risk-level-badge.tsx';
import type { Rule } from '../api/list-rules.ts';
import { hoursWords } from '../hours.ts';
import { TrackRecord } from './track-record.tsx';

/** The inside of a rule's panel: when it opens, what it asks for, what it has been worth. */
export function RuleDetail({
  rule,
  words,
  looks,
}: {
  rule: Rule;
  words: string;
  looks: ReadonlyMap<string, SignalLook>;
}) {
  const { can } = useSignedIn();
  return (
    <div className="flex flex-col gap-6">
      <div className="flex flex-wrap items-center gap-2">
        <RiskLevelBadge level={rule.urgency} />
        {!rule.enabled && <Badge>Off</Badge>}
        {!rule.shipped && <Badge tone="accent">ours</Badge>}
        <span className="flex-1" />
        <Link
          to="/settings/risk-rules/$ruleKey"
          params={{ ruleKey: rule.key }}
          className={buttonClass('secondary', 'sm')}
        >
          {can('settings.manage') ? 'Change rule' : 'See rule'}
        </Link>
      </div>
      <section>
        <h3 className="mb-2 text-sm font-semibold">Opens when</h3>
        <p className="text-sm">{words}</p>
        <p className="mt-2 rounded-md bg-sunken px-3 py-2 font-mono text-xs break-words">{rule.conditionText}</p>
        {rule.notConnected.length > 0 && (
          <p className="mt-2 text-xs text-warning">
            Cannot open yet: nothing feeds {rule.notConnected.map((key) => looks.get(key)?.title ?? key).join(', ')}.
          </p>
        )}
      </section>
      <section>
        <h3 className="mb-2 text-sm font-semibold">Asks for</h3>
        <dl className="grid grid-cols-[9rem_1fr] gap-y-1.5 text-sm">
          <dt className="text-faint">What to do</dt>
          <dd>{rule.recommendedAction}</dd>
          <dt className="text-faint">Respond within</dt>
          <dd>{hoursWords(rule.respondWithinHours)}</dd>
          <dt className="text-faint">Resolves after</dt>
          <dd>{countOf(rule.quietDays, 'quiet day')}</dd>
          <dt className="text-faint">Then stays quiet for</dt>
          <dd>{countOf(rule.cooldownDays, 'day')}</dd>
          <dt className="text-faint">Open now</dt>
          <dd>
            {rule.open === 0 ? (
              'none'
            ) : (
              <Link to="/risks" search={{ rule: rule.key }} className="text-accent-text hover:underline">
                {countOf(rule.open, 'risk')}
              </Link>
            )}
          </dd>
        </dl>
      </section>
      <section>
        <h3 className="mb-2 text-sm font-semibold">What it has been worth</h3>
        <TrackRecord record={rule.trackRecord} counting={rule.counting} />
        {rule.trackRecord?.share180 != null && (
          <p className="mt-2 text-xs text-faint">
            Lost means churned or shrank within 180 days. An alarm that somebody answered well also comes to nothing.
          </p>
        )}
      </section>
    </div>
  );
}

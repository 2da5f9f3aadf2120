import { useParams } from '@tanstack/react-router';
import { RuleList } from '#web/features/risk-rules/components/rule-list.tsx';
import { RuleView } from '#web/features/risk-rules/components/rule-view.tsx';
import { useTitle } from '#web/lib/title.ts';

export function RiskRulesPage() {
  useTitle('Risk rules');
  return <RuleList />;
}

export function RiskRulePage() {
  useTitle('Risk rule');
  const { ruleKey } = useParams({ from: '/app/settings/risk-rules/$ruleKey' });
  return <RuleView ruleKey={ruleKey} />;
}

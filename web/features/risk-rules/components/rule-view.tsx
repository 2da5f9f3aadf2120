import { useQuery } from '@tanstack/react-query';
import { checkCondition } from '#core/condition/check.ts';
import { useConditionNames } from '#web/lib/condition-names.ts';
import { Loaded } from '#web/ui/loaded.tsx';
import { Skeleton } from '#web/ui/skeleton.tsx';
import { ErrorState } from '#web/ui/states.tsx';
import { rulesQuery } from '../api/list-rules.ts';
import { RuleEditor } from './rule-editor.tsx';

/** The editor of one rule, or of a new one, once the rules and the catalogue are there. */
export function RuleView({ ruleKey }: { ruleKey: string }) {
  const rules = useQuery(rulesQuery);
  const looks = useConditionNames('rule');
  return (
    <Loaded query={rules} skeleton={<EditorSkeleton />}>
      {({ items }) => {
        if (looks.size === 0) return <EditorSkeleton />;
        const rule = items.find(({ key }) => key === ruleKey) ?? null;
        if (!rule && ruleKey !== 'new') {
          return (
            <ErrorState
              title="There is no such rule"
              detail="It may have been removed. The list of rules has those that there are."
            />
          );
        }
        const names = [...looks].map(([key, { type }]) => ({ key, type }));
        const checked = rule && checkCondition(rule.condition, names);
        return (
          <RuleEditor
            key={ruleKey}
            rule={rule}
            condition={checked?.ok ? checked.condition : null}
            looks={looks}
            taken={new Set(items.map(({ key }) => key))}
          />
        );
      }}
    </Loaded>
  );
}

function EditorSkeleton() {
  return (
    <div className="flex flex-col gap-4">
      <Skeleton className="h-7 w-56" />
      <Skeleton className="h-40 w-full" />
      <Skeleton className="h-64 w-full" />
    </div>
  );
}

import type { Rule } from './api/list-rules.ts';
import { timesLost } from './record-words.ts';
import type { RuleSearch } from './search.ts';

const rank = { critical: 2, high: 1, medium: 0 } as const;

/** Rules in the order asked for, unknown figures last; otherwise those that work, then those that wait for data, then those that are off. */
export function inOrder(rules: readonly Rule[], { sort, direction = 'asc' }: RuleSearch): Rule[] {
  const usual = [...rules].sort(
    (a, b) => place(a) - place(b) || rank[b.urgency] - rank[a.urgency] || a.title.localeCompare(b.title),
  );
  if (!sort) return usual;
  const turned = direction === 'asc' ? 1 : -1;
  return usual.sort((a, b) => {
    if (sort === 'title') return turned * a.title.localeCompare(b.title);
    const [one, other] = [figureOf(a, sort), figureOf(b, sort)];
    if (one === null || other === null) return Number(one === null) - Number(other === null);
    return turned * (one - other);
  });
}

function place(rule: Rule): number {
  return (rule.enabled ? 0 : 2) + (rule.notConnected.length > 0 ? 1 : 0);
}

function figureOf(rule: Rule, sort: Exclude<RuleSearch['sort'], 'title' | undefined>): number | null {
  switch (sort) {
    case 'urgency':
      return rank[rule.urgency];
    case 'share':
      return rule.trackRecord?.share180 ?? null;
    case 'times':
      return rule.trackRecord && timesLost(rule.trackRecord);
    case 'opened':
      return rule.trackRecord?.opened ?? 0;
    case 'open':
      return rule.open;
  }
}

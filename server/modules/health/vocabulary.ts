/** The names that scorecards and rules may use, and how people read them. */
import type { SignalName } from '#core/condition/types.ts';
import type { SignalWording } from '#core/condition/value-text.ts';
import { CATALOGUE } from '#core/signals/catalogue.ts';
import { loadCustomSignals } from '#server/modules/signals/index.ts';
import type { Tx } from '#server/platform/db/pool.ts';

export type Vocabulary = ReadonlyMap<string, SignalName & SignalWording>;

const text = (key: string, title: string) => [key, { key, title, unit: 'text', type: 'text', decimals: 0 }] as const;
/** What is known of an account beside its signals. */
const ofAccount = [text('account.tier', 'Tier'), text('account.stage', 'Stage')];
const shipped = CATALOGUE.map(
  ({ key, title, unit, type, decimals }) => [key, { key, title, unit, type, decimals }] as const,
);

/** Everything that a condition can name: shipped signals, the workspace's own, tier and stage. */
export async function loadVocabulary(tx: Tx, workspaceId: number): Promise<Vocabulary> {
  const custom = (await loadCustomSignals(tx, workspaceId)).map(({ key, definition }) => {
    const type = definition.kind === 'attribute' ? definition.type : 'number';
    return [key, { key, title: definition.title, unit: definition.unit, type, decimals: 2 }] as const;
  });
  return new Map<string, SignalName & SignalWording>([...shipped, ...custom, ...ofAccount]);
}

/** Without what is decided from the score itself: a scorecard cannot read its own result. */
export function scorecardNames(vocabulary: Vocabulary): SignalName[] {
  return [...vocabulary.values()].filter(({ key }) => !/^(health|risk)\./.test(key));
}

/** Without what is decided from the rules themselves. */
export function ruleNames(vocabulary: Vocabulary): SignalName[] {
  return [...vocabulary.values()].filter(({ key }) => !key.startsWith('risk.'));
}

import { riskLevel } from './level.ts';
import type { RiskSignal } from './signal.ts';

type Counted = Pick<RiskSignal, 'phase' | 'urgency'>;

/** Why an account's risk level is what it is, in one or two sentences (the rule of `riskLevel`). */
export function levelReason(signals: readonly Counted[]): string {
  const open = signals.filter(({ phase }) => phase === 'open');
  const of = (wanted: Counted['urgency']) => open.filter(({ urgency }) => urgency === wanted).length;
  const [critical, high, medium] = [of('critical'), of('high'), of('medium')];
  if (critical > 0) return `${said([[critical, 'critical']])} open; one alone makes the account critical.`;
  if (high + medium === 0) return 'No risk that counts is open.';
  const weight = high + medium / 2;
  const counts = `${said([
    [high, 'high'],
    [medium, 'medium'],
  ])} open. A high one counts 1, a medium one ½: ${written(weight)} together`;
  const level = riskLevel(open);
  if (level === 'critical') return `${counts}, and from 3 on the account is critical.`;
  if (level === 'high') return `${counts}, and from 2 on the account is high; from 3 on it would be critical.`;
  return `${counts}; from 2 on the account would be high.`;
}

function said(counts: [number, string][]): string {
  const some = counts.filter(([count]) => count > 0);
  const total = some.reduce((sum, [count]) => sum + count, 0);
  return `${some.map(([count, word]) => `${count} ${word}`).join(' and ')} ${total === 1 ? 'risk is' : 'risks are'}`;
}

function written(weight: number): string {
  const whole = Math.floor(weight);
  return weight === whole ? String(whole) : `${whole === 0 ? '' : whole}½`;
}

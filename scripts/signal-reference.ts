/** The reference of shipped signals, from the catalogue. */
import { CATALOGUE, type Signal } from '#core/signals/catalogue.ts';

const titles: Record<string, string> = {
  usage: 'Usage',
  adoption: 'Adoption',
  seats: 'Seats',
  support: 'Support',
  sentiment: 'Sentiment',
  engagement: 'Engagement',
  stakeholders: 'Stakeholders',
  outcomes: 'Outcomes',
  contract: 'Contract',
  billing: 'Billing',
  onboarding: 'Onboarding',
  requests: 'Requests',
  intent: 'Intent',
  growth: 'Growth',
  health: 'Health',
  risk: 'Risk',
  touch: 'Touch',
};

export function signalReference(): string {
  const families = Map.groupBy(CATALOGUE, (signal) => signal.family);
  const sections = [...families].map(([family, signals]) => section(titles[family] ?? family, signals));
  return `${introduction}\n${sections.join('\n')}`;
}

const introduction = `# Signals

A signal is a named number, yes or no, or text for one account as of a moment, computed from facts alone. *Missing* is not zero:
while a source tells nothing about an account, its signals are missing and are no part of a score. How windows are counted, and
what counts as an event, a session and a day, is explained in [Signals and the past](../concepts/signals.md).

This page is made from the catalogue (\`node scripts/docs.ts\`).
`;

function section(title: string, signals: readonly Signal[]): string {
  return `## ${title}\n\n${signals.map(entry).join('\n')}`;
}

function entry(signal: Signal): string {
  const connected = signal.provider === null ? ' · *not connected in this version*' : '';
  const better = signal.higherIsBetter === null ? '' : ` · ${signal.higherIsBetter ? 'higher' : 'lower'} is better`;
  return `### \`${signal.key}\` ${signal.title}\n\n${signal.unit} · ${signal.window}${better}${connected}\n\n${signal.definition} ${signal.missing}\n`;
}

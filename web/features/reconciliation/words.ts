/** Sources and what they say, in words. */
import type { SaidValue } from '#contracts/reconciliation.ts';
import { formatDate, formatMoney } from '#web/lib/format.ts';
import { stageWords, tierWords } from '#web/lib/words.ts';

const titles: Readonly<Record<string, string>> = {
  manual: 'By hand',
  contracts: 'Contract lines',
  telemetry: 'Telemetry',
  crm: 'CRM',
  api: 'API',
  '*': 'All other sources',
};

/** A source's name for people: those that the product names itself in words, all others as they are called. */
export function sourceTitle(source: string): string {
  return titles[source] ?? source.charAt(0).toUpperCase() + source.slice(1);
}

/** A value as people read it. */
export function valueText(field: string, { value, amountMinor, currency }: SaidValue): string {
  if (value === null) return 'none';
  if (amountMinor !== null && currency !== null) return formatMoney(amountMinor, currency);
  if (field === 'tier') return tierWords[value as keyof typeof tierWords] ?? value;
  if (field === 'stage') return stageWords[value as keyof typeof stageWords] ?? value;
  return field === 'startedOn' ? formatDate(value) : value;
}

/** The past of one account, day by day: back-fill, charts, trials of definitions on history. */
import type { Day } from '#core/calendar/day.ts';
import type { SignalValues } from '#core/signals/catalogue.ts';
import { computeSignals } from '#core/signals/compute.ts';
import type { AccountFacts, AsOf, SignalSettings } from '#core/signals/facts.ts';
import { asOfDay } from '#core/signals/moment.ts';

/** The signals at the end of each day from one day to another (both inside), *as known now*, in order of days. */
export function* computeHistory(
  facts: AccountFacts,
  fromDay: Day,
  toDay: Day,
  settings: SignalSettings,
): Generator<{ asOf: AsOf; values: SignalValues }> {
  for (let day = fromDay; day <= toDay; day++) {
    const asOf = asOfDay(day, settings.timeZone);
    yield { asOf, values: computeSignals(facts, asOf, settings) };
  }
}

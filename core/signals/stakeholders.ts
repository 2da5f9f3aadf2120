/** stakeholders.*: chapter 02, "Shipped signals". */
import type { KeysOf } from '#core/signals/catalogue.ts';
import type { AccountFacts, AsOf, ContactRole, SignalSettings, StakeholderChange } from '#core/signals/facts.ts';
import { startOfWindow } from '#core/signals/moment.ts';
import { isPresent } from '#core/signals/present.ts';
import { holdsRole, isActiveContact, lostRole } from '#core/signals/roles.ts';
import { peopleOf, twoWayAt } from '#core/signals/touchpoints.ts';

type StakeholdersSignals = Record<KeysOf<'stakeholders'>, number | boolean | null>;

/** Who stands for the account, who went, and how many we talk to. */
export function stakeholdersSignals(facts: AccountFacts, asOf: AsOf, settings: SignalSettings): StakeholdersSignals {
  const present = isPresent('stakeholders', facts, asOf);
  const from = startOfWindow(asOf, 90, settings);
  const lost = (role: ContactRole) =>
    facts.contacts?.some((contact) => lostRole(contact, role, from, asOf.at)) ?? false;
  const noted = (...kinds: StakeholderChange['kind'][]) =>
    facts.stakeholderChanges?.some(({ kind, at }) => kinds.includes(kind) && at >= from && at <= asOf.at) ?? false;
  return {
    'stakeholders.has_champion': present ? hasActive(facts, 'champion', asOf.at) : null,
    'stakeholders.has_sponsor': present ? hasActive(facts, 'executive_sponsor', asOf.at) : null,
    'stakeholders.champion_left_90d': present ? noted('champion_left') || lost('champion') : null,
    'stakeholders.threads_90d': isPresent('touchpoints', facts, asOf) ? threads(facts, from, asOf.at) : null,
    'stakeholders.leadership_change_90d': present
      ? noted('new_executive', 'sponsor_left', 'decision_maker_left') ||
        lost('executive_sponsor') ||
        lost('decision_maker')
      : null,
  };
}

function hasActive({ contacts }: AccountFacts, role: ContactRole, at: number): boolean {
  return contacts?.some((contact) => isActiveContact(contact, at) && holdsRole(contact, role, at)) ?? false;
}

function threads({ touchpoints }: AccountFacts, from: number, at: number): number {
  const people = new Set<number>();
  for (const touchpoint of touchpoints ?? []) {
    const time = twoWayAt(touchpoint, at);
    if (time !== null && time >= from) for (const contact of peopleOf(touchpoint)) people.add(contact);
  }
  return people.size;
}

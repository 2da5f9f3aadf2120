/** Who holds which role when. Chapter 02: roles are those in force at `t`. */
import type { Contact, ContactRole } from '#core/signals/facts.ts';

/** The roles whose opinion and loss weigh most. */
export const KEY_ROLES: readonly ContactRole[] = ['champion', 'executive_sponsor', 'decision_maker'];

/** Whether the contact belongs to the account at a moment. */
export function isActiveContact(contact: Contact, at: number): boolean {
  return contact.sinceAt <= at && (contact.leftAt === null || contact.leftAt > at);
}

/** Whether the contact has the role at a moment, whether active or not. */
export function holdsRole(contact: Contact, role: ContactRole, at: number): boolean {
  return contact.roles.some(
    (held) => held.role === role && held.fromAt <= at && (held.toAt === null || held.toAt > at),
  );
}

/**
 * Whether a holder of the role left, or lost it, between two moments (both inside), replaced or not. A role that the
 * same contact takes up again at the moment it ends was not lost.
 */
export function lostRole(contact: Contact, role: ContactRole, from: number, to: number): boolean {
  return contact.roles.some((held) => {
    if (held.role !== role) return false;
    const lostAt = Math.min(held.toAt ?? Number.POSITIVE_INFINITY, contact.leftAt ?? Number.POSITIVE_INFINITY);
    if (lostAt < from || lostAt > to || lostAt < held.fromAt) return false;
    return lostAt === contact.leftAt || !holdsRole(contact, role, lostAt);
  });
}

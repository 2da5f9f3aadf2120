import { expect, test } from 'vitest';
import { computeFamily } from '#core/signals/compute.ts';
import { at, contact, SETTINGS, touchpoint } from '#core/signals/facts.test-support.ts';
import { type AccountFacts, NO_FACTS } from '#core/signals/facts.ts';
import { asOfInstant } from '#core/signals/moment.ts';

/** 90 d begin on 11 December. */
const NOON = '2025-03-10T12:00';

function stakeholdersOf(facts: Partial<AccountFacts>) {
  return computeFamily('stakeholders', { ...NO_FACTS, ...facts }, asOfInstant(at(NOON), 'UTC'), SETTINGS);
}
const until = (role: 'champion' | 'executive_sponsor', end: string) => ({ role, fromAt: 0, toAt: at(end) });
const noted = (kind: 'champion_left' | 'new_executive' | 'role_change' | 'sponsor_left', when: string) => ({
  stakeholderChanges: [{ kind, at: at(when) }],
});

test.each<[string, keyof ReturnType<typeof stakeholdersOf>, Partial<AccountFacts>, boolean | number | null]>([
  ['a champion', 'stakeholders.has_champion', { contacts: [contact(1, ['champion'])] }, true],
  [
    'a champion who has left',
    'stakeholders.has_champion',
    { contacts: [contact(1, ['champion'], { leftAt: at(NOON) })] },
    false,
  ],
  [
    'a champion who leaves tomorrow',
    'stakeholders.has_champion',
    { contacts: [contact(1, ['champion'], { leftAt: at('2025-03-11') })] },
    true,
  ],
  [
    'who comes tomorrow',
    'stakeholders.has_champion',
    { contacts: [contact(2, []), contact(1, ['champion'], { sinceAt: at('2025-03-11') })] },
    false,
  ],
  [
    'whose role begins tomorrow',
    'stakeholders.has_champion',
    { contacts: [contact(1, [{ role: 'champion', fromAt: at('2025-03-11'), toAt: null }])] },
    false,
  ],
  ['a sponsor', 'stakeholders.has_sponsor', { contacts: [contact(1, ['executive_sponsor'])] }, true],
  [
    'a stakeholder change makes the source present',
    'stakeholders.has_sponsor',
    noted('role_change', '2025-01-01'),
    false,
  ],
  ['nobody known', 'stakeholders.has_champion', {}, null],
  [
    'a champion who left in 90 d, replaced or not',
    'stakeholders.champion_left_90d',
    { contacts: [contact(1, ['champion'], { leftAt: at('2024-12-11') }), contact(2, ['champion'])] },
    true,
  ],
  [
    'the day before the 90',
    'stakeholders.champion_left_90d',
    { contacts: [contact(1, ['champion'], { leftAt: at('2024-12-10') })] },
    false,
  ],
  [
    'who lost the role',
    'stakeholders.champion_left_90d',
    { contacts: [contact(1, [until('champion', '2025-02-01')])] },
    true,
  ],
  [
    'who has not lost it yet',
    'stakeholders.champion_left_90d',
    { contacts: [contact(1, [until('champion', '2025-03-11')])] },
    false,
  ],
  [
    'whose role went on in another row',
    'stakeholders.champion_left_90d',
    {
      contacts: [
        contact(1, [until('champion', '2025-02-01'), { role: 'champion', fromAt: at('2025-02-01'), toAt: null }]),
      ],
    },
    false,
  ],
  [
    'who had lost it long before leaving',
    'stakeholders.champion_left_90d',
    { contacts: [contact(1, [until('champion', '2024-06-01')], { leftAt: at('2025-02-01') })] },
    false,
  ],
  [
    'a role recorded after leaving was not lost then',
    'stakeholders.champion_left_90d',
    {
      contacts: [
        contact(1, [{ role: 'champion', fromAt: at('2025-02-15'), toAt: null }], { leftAt: at('2025-02-01') }),
      ],
    },
    false,
  ],
  ['the change that was noted', 'stakeholders.champion_left_90d', noted('champion_left', '2025-03-01'), true],
  [
    'noted for later',
    'stakeholders.champion_left_90d',
    { ...noted('champion_left', '2025-03-11'), contacts: [contact(1, [])] },
    false,
  ],
  ['a new executive', 'stakeholders.leadership_change_90d', noted('new_executive', '2025-03-01'), true],
  ['a sponsor who left', 'stakeholders.leadership_change_90d', noted('sponsor_left', '2025-03-01'), true],
  [
    'a sponsor who lost the role',
    'stakeholders.leadership_change_90d',
    { contacts: [contact(1, [until('executive_sponsor', '2025-02-01')])] },
    true,
  ],
  [
    'a champion is no leader',
    'stakeholders.leadership_change_90d',
    { contacts: [contact(1, [until('champion', '2025-02-01')])] },
    false,
  ],
  ['another change of role', 'stakeholders.leadership_change_90d', noted('role_change', '2025-03-01'), false],
  [
    'people with a two-way touch, each once',
    'stakeholders.threads_90d',
    {
      touchpoints: [
        touchpoint('call', '2025-01-01', { attended: [1, 2] }),
        touchpoint('email', '2025-02-01', { repliedAt: at('2025-02-02'), invited: [3] }),
        touchpoint('email', '2025-02-01', { invited: [4] }),
        touchpoint('call', '2024-12-10', { attended: [5] }),
        touchpoint('meeting', '2025-02-01', { attended: [1] }),
      ],
    },
    3,
  ],
  ['no touchpoints', 'stakeholders.threads_90d', { contacts: [contact(1, [])] }, null],
])('%s', (_name, key, facts, expected) => {
  expect(stakeholdersOf(facts)[key]).toBe(expected);
});

import type { LinkProps } from '@tanstack/react-router';
import {
  Activity,
  Archive,
  Blocks,
  Building2,
  Gauge,
  Hourglass,
  KeyRound,
  type LucideIcon,
  ScrollText,
  ShieldAlert,
  SquareTerminal,
  Users,
} from 'lucide-react';
import type { Permission } from '#contracts/permissions.ts';

export interface SettingsPlace {
  to: LinkProps['to'];
  label: string;
  /** what is decided there */
  what: string;
  icon: LucideIcon;
  needs?: Permission;
}

/** All settings, by what they are about. */
const groups: readonly { title: string; places: readonly SettingsPlace[] }[] = [
  {
    title: 'Health and risk',
    places: [
      {
        to: '/settings/scorecards',
        label: 'Scorecards',
        what: 'What makes an account healthy, and how much',
        icon: Gauge,
      },
      {
        to: '/settings/risk-rules',
        label: 'Risk rules',
        what: 'When an account is at risk, and who must answer by when',
        icon: ShieldAlert,
      },
      {
        to: '/settings/signals',
        label: 'Signals',
        what: 'Every number that judgements read, and your own',
        icon: Activity,
      },
      { to: '/settings/features', label: 'Features', what: 'Which events mean that a feature is used', icon: Blocks },
    ],
  },
  {
    title: 'General',
    places: [
      {
        to: '/settings/workspace',
        label: 'Workspace',
        what: 'Name, time zone, currency, calendar, exchange rates',
        icon: Building2,
      },
      { to: '/settings/members', label: 'Members', what: 'Who works here and what they may do', icon: Users },
      {
        to: '/settings/works',
        label: 'Long work',
        what: 'Back-fills and recounts, with their progress',
        icon: Hourglass,
      },
      {
        to: '/settings/audit',
        label: 'Audit log',
        what: 'Who changed what, and when',
        icon: ScrollText,
        needs: 'settings.manage',
      },
      {
        to: '/settings/export',
        label: 'Export and restore',
        what: 'Everything here as one file, and such a file into an empty workspace',
        icon: Archive,
        needs: 'workspace.export',
      },
    ],
  },
  {
    title: 'API and SDKs',
    places: [
      { to: '/settings/write-keys', label: 'Write keys', what: 'With these, SDKs send events', icon: KeyRound },
      {
        to: '/settings/api-keys',
        label: 'API keys',
        what: 'With these, programs read and change',
        icon: SquareTerminal,
        needs: 'members.manage',
      },
    ],
  },
];

/** The settings that a member with these permissions may see. */
export function settingsPlaces(can: (permission: Permission) => boolean): typeof groups {
  return groups.map(({ title, places }) => ({ title, places: places.filter(({ needs }) => !needs || can(needs)) }));
}

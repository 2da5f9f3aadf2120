/** What is behind the tabs and in the panels of the account page, each fetched when it is first shown. */
import { lazy } from 'react';

const parts = {
  contacts: () => import('#web/features/people/components/contacts.tsx'),
  override: () => import('#web/features/health/components/override-dialog.tsx'),
  risk: () => import('#web/features/risks/components/risk-detail.tsx'),
  signal: () => import('#web/features/signals/components/signal-detail.tsx'),
  signals: () => import('#web/features/signals/components/signal-table.tsx'),
  subscriptions: () => import('#web/features/subscriptions/components/subscriptions.tsx'),
  timeline: () => import('#web/features/timeline/components/account-timeline.tsx'),
  whatIf: () => import('#web/features/health/components/what-if.tsx'),
};

export const Contacts = lazy(() => parts.contacts().then((part) => ({ default: part.Contacts })));
export const OverrideDialog = lazy(() => parts.override().then((part) => ({ default: part.OverrideDialog })));
export const RiskDetail = lazy(() => parts.risk().then((part) => ({ default: part.RiskDetail })));
export const SignalDetail = lazy(() => parts.signal().then((part) => ({ default: part.SignalDetail })));
export const SignalTable = lazy(() => parts.signals().then((part) => ({ default: part.SignalTable })));
export const Subscriptions = lazy(() => parts.subscriptions().then((part) => ({ default: part.Subscriptions })));
export const AccountTimeline = lazy(() => parts.timeline().then((part) => ({ default: part.AccountTimeline })));
export const WhatIf = lazy(() => parts.whatIf().then((part) => ({ default: part.WhatIf })));

/** All of them, so that the first press on a tab does not wait. */
export const accountParts: readonly (() => Promise<unknown>)[] = Object.values(parts);

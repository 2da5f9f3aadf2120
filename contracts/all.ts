import { accountEndpoints } from './accounts.ts';
import { contactEndpoints } from './contacts.ts';
import { healthEndpoints } from './health.ts';
import { intakeEndpoints } from './intake.ts';
import type { Endpoint } from './kit.ts';
import { noteEndpoints } from './notes.ts';
import { portfolioEndpoints } from './portfolio.ts';
import { reconciliationEndpoints } from './reconciliation.ts';
import { riskEndpoints } from './risk.ts';
import { searchEndpoints } from './search.ts';
import { sessionEndpoints } from './session.ts';
import { signalEndpoints } from './signals.ts';
import { subscriptionEndpoints } from './subscriptions.ts';
import { timelineEndpoints } from './timeline.ts';
import { transferEndpoints } from './transfer.ts';
import { workspaceEndpoints } from './workspace.ts';

/** Every endpoint of /api/v1. A test holds the server's routes against this list. */
export const endpoints: readonly Endpoint[] = [
  ...sessionEndpoints,
  ...portfolioEndpoints,
  ...accountEndpoints,
  ...contactEndpoints,
  ...subscriptionEndpoints,
  ...timelineEndpoints,
  ...searchEndpoints,
  ...noteEndpoints,
  ...signalEndpoints,
  ...healthEndpoints,
  ...riskEndpoints,
  ...intakeEndpoints,
  ...reconciliationEndpoints,
  ...workspaceEndpoints,
  ...transferEndpoints,
] as readonly Endpoint[];

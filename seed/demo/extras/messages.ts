/** What a connected product sends that is not quite right: ids that nobody knows, and messages that cannot be taken. */
import { Random } from '../random.ts';
import { isoOf, type Scene } from '../scene.ts';

export const webSdk = '@segment/analytics-next';
export const serverSdk = '@segment/analytics-node';

/** A message as an SDK puts it on the wire. */
export type Wire = Record<string, unknown>;

const minuteMs = 60_000;

/** Groups that no account has: trials that sales has not entered yet, and a test system. */
const strangers = ['trial-7731', 'trial-7740', 'staging', 'partner-sandbox'] as const;

export function unmatchedMessages(scene: Scene): Wire[] {
  return strangers.flatMap((groupId, n) => {
    const random = new Random(scene.seed, 'strangers', groupId);
    return Array.from({ length: 3 + n * 2 }, (_, i) => ({
      type: 'track',
      event: random.pick(['Dashboard Viewed', 'Chart Built', 'Signed In']),
      userId: `${groupId}-u${random.whole(1, 3)}`,
      context: { groupId, library: { name: webSdk, version: '1.70.0' } },
      messageId: random.uuid(),
      timestamp: isoOf(scene.now - (i + 1) * minuteMs - random.whole(0, minuteMs)),
    }));
  });
}

/** Each is set aside for a reason of its own. */
export function badMessages(scene: Scene): Wire[] {
  const context = { library: { name: serverSdk, version: '2.2.0' } };
  const timestamp = isoOf(scene.now - 5 * minuteMs);
  return [
    { type: 'track', userId: 'acc-00012-u3', context, timestamp, properties: { report: 'Weekly' } },
    { type: 'track', event: 'Report Exported', context, timestamp, properties: { rows: 1204 } },
    {
      type: 'track',
      event: 'Nightly Sync',
      userId: 'acc-00031-u2',
      context,
      timestamp: isoOf(scene.now + 9 * 86_400_000),
    },
    { type: 'track', event: 'Nightly Sync', userId: 'acc-00040-u1', context, timestamp: '1970-01-01T00:00:00.000Z' },
    { type: 'group', userId: 'acc-00007-u1', context, timestamp, traits: { name: 'Left out' } },
    { type: 'purchase', event: 'Plan Chosen', userId: 'acc-00018-u4', context, timestamp },
  ];
}

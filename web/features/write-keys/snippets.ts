/** Code that sends the first event, for copying. `origin` is where this installation is reached, such as https://cs.example.com. */

export const ways = ['browser', 'node', 'rudderstack', 'jitsu', 'curl'] as const;
export type Way = (typeof ways)[number];

export interface Snippet {
  title: string;
  /** what to install first; null = nothing */
  install: string | null;
  code: string;
}

/** The snippet for one way of sending. The three calls say who the user is, which account they belong to, and what they did. */
export function snippetFor(way: Way, origin: string, writeKey: string): Snippet {
  return makers[way](origin, writeKey);
}

const calls = (
  analytics: string,
) => `${analytics}.identify('user-17', { email: 'ada@northwind.io', name: 'Ada Moreno' });
${analytics}.group('northwind', { name: 'Northwind Analytics' });
${analytics}.track('Report created', { rows: 120 });`;

const serverCalls = (
  analytics: string,
) => `${analytics}.identify({ userId: 'user-17', traits: { email: 'ada@northwind.io', name: 'Ada Moreno' } });
${analytics}.group({ userId: 'user-17', groupId: 'northwind', traits: { name: 'Northwind Analytics' } });
${analytics}.track({ userId: 'user-17', event: 'Report created', properties: { rows: 120 } });`;

const makers: Record<Way, (origin: string, writeKey: string) => Snippet> = {
  browser: (origin, writeKey) => {
    const { host, protocol } = new URL(origin);
    return {
      title: 'Segment, in the browser',
      install: 'npm install @segment/analytics-next',
      code: `import { AnalyticsBrowser } from '@segment/analytics-next';

const analytics = AnalyticsBrowser.load(
  { writeKey: '${writeKey}', cdnURL: '${origin}' },
  { integrations: { 'Segment.io': { apiHost: '${host}/v1', protocol: '${protocol.replace(':', '')}' } } },
);

${calls('analytics')}`,
    };
  },
  node: (origin, writeKey) => ({
    title: 'Segment, on a server',
    install: 'npm install @segment/analytics-node',
    code: `import { Analytics } from '@segment/analytics-node';

const analytics = new Analytics({ writeKey: '${writeKey}', host: '${origin}' });

${serverCalls('analytics')}`,
  }),
  rudderstack: (origin, writeKey) => ({
    title: 'RudderStack',
    install: 'npm install @rudderstack/rudder-sdk-node',
    code: `import RudderAnalytics from '@rudderstack/rudder-sdk-node';

const analytics = new RudderAnalytics('${writeKey}', { dataPlaneUrl: '${origin}' });

${serverCalls('analytics')}`,
  }),
  jitsu: (origin, writeKey) => ({
    title: 'Jitsu',
    install: 'npm install @jitsu/js',
    code: `import { jitsuAnalytics } from '@jitsu/js';

const analytics = jitsuAnalytics({ host: '${origin}', writeKey: '${writeKey}' });

${calls('analytics')}`,
  }),
  curl: (origin, writeKey) => ({
    title: 'curl',
    install: null,
    code: `curl ${origin}/v1/track -u '${writeKey}:' -H 'content-type: application/json' -d '{
  "userId": "user-17",
  "event": "Report created",
  "properties": { "rows": 120 },
  "context": { "groupId": "northwind", "traits": { "email": "ada@northwind.io" } }
}'`,
  }),
};

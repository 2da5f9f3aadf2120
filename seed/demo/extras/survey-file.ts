/** A file as somebody in the team would bring it: answers after a webinar, with the mistakes of real files. */
import type { AccountPlan } from '../account.ts';
import { isThere } from '../people.ts';
import { Random } from '../random.ts';
import { dayMs, isoOf, type Scene } from '../scene.ts';

export const surveyFileName = 'webinar-feedback.csv';

/** Column → field. */
export const surveyFields = {
  account: { column: 'Customer' },
  id: { column: 'Answer no.' },
  email: { column: 'E-mail' },
  answeredAt: { column: 'Answered' },
  score: { column: 'Stars' },
  comment: { column: 'Comment' },
  kind: { constant: 'csat' },
  survey: { constant: 'Webinar: alerts that matter' },
} as const;

const praise = ['Clear and short', 'Useful, please share the slides', '', 'More examples next time', ''] as const;

export function surveyFile(scene: Scene, plans: readonly AccountPlan[]): string {
  const lines = ['Answer no.,Customer,E-mail,Answered,Stars,Comment'];
  const day = scene.today - 16;
  const guests = plans.filter(({ churn, story }) => churn === null && story.kind !== 'unconnected').slice(0, 60);
  for (const [n, plan] of guests.entries()) {
    const random = new Random(scene.seed, 'webinar', plan.profile.index);
    const person = plan.people.find((one) => one.isUser && isThere(one, day));
    if (!person) continue;
    const at = isoOf(Math.round(day * dayMs + random.between(9, 16) * 3_600_000));
    const stars = n % 23 === 11 ? 'four' : String(random.pick([4, 5, 5, 4, 3]));
    const isStranger = n % 19 === 7;
    const customer = isStranger ? `OLD-${4000 + n}` : plan.profile.id;
    const email = isStranger ? `info@former-${n}.example` : person.email;
    lines.push(`W-${n + 1},${customer},${email},${n % 29 === 13 ? '31.11.' : at},${stars},"${random.pick(praise)}"`);
  }
  return `${lines.join('\n')}\n`;
}

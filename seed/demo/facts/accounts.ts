import { toIso } from '#core/calendar/day.ts';
import type { AccountPlan } from '../account.ts';
import { holderOf } from '../people.ts';
import { accountId } from '../profile.ts';
import { Random } from '../random.ts';
import { dayMs, type Scene } from '../scene.ts';
import { csms } from '../vendor.ts';
import { slug } from '../words/people.ts';
import type { Dated } from './dated.ts';

/** The account as it began; for some a second row, with the CSM who took it over. */
export function accountRows(scene: Scene, plan: AccountPlan): Dated<'accounts'>[] {
  const { profile, start, known, churn } = plan;
  const random = new Random(scene.seed, 'account', profile.index);
  const team = csms[profile.tier];
  const owner = random.pick(team);
  const isStrategic = profile.tier === 'enterprise' && random.chance(0.3);
  const rows: Dated<'accounts'>[] = [
    {
      at: known * dayMs,
      row: {
        account: profile.id,
        name: profile.name,
        domain: profile.domain,
        industry: profile.industry,
        region: profile.place.region,
        country: profile.place.country,
        currency: 'USD',
        startedOn: toIso(start),
        owner: owner.email,
        strategic: isStrategic,
        tags: tagsOf(plan, random),
        parent: parentOf(plan, random),
        attributes: attributesOf(plan, random),
      },
    },
  ];
  const handedOver = scene.today - 150 - random.whole(0, 3);
  if (random.chance(0.12) && handedOver > known && (churn === null || handedOver < churn)) {
    const next = team.find((one) => one !== owner)!;
    rows.push({ at: handedOver * dayMs + 9 * 3_600_000, row: { account: profile.id, owner: next.email } });
  }
  return rows;
}

function tagsOf({ story, profile }: AccountPlan, random: Random): string[] {
  const tags: string[] = [];
  if (story.kind === 'steady' && random.chance(0.2)) tags.push('reference');
  if (profile.tier !== 'smb' && random.chance(0.12)) tags.push('beta programme');
  if (story.kind === 'unconnected') tags.push('no telemetry');
  return tags;
}

function parentOf({ profile }: AccountPlan, random: Random): string | null {
  return profile.index > 9 && random.chance(0.02) ? accountId(profile.index - random.whole(1, 9)) : null;
}

/** Named as somebody who filled in a CRM by hand would name them. */
function attributesOf({ profile, start, people }: AccountPlan, random: Random) {
  const size = { smb: [12, 180], mid_market: [150, 1200], enterprise: [900, 14_000] }[profile.tier] as [number, number];
  return {
    Employees: Math.round(Math.exp(random.between(Math.log(size[0]), Math.log(size[1])))),
    'Found us through': random.weighted({ Website: 5, 'Cold call': 3, Partner: 2, 'Trade fair': 1 }),
    'Signed by': holderOf(people, 'decision_maker', start)?.name ?? null,
    'First contract': toIso(start),
    'CRM number': `${slug(profile.name).slice(0, 4).toUpperCase()}-${1000 + profile.index}`,
  };
}

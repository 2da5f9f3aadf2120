/** What the owners of accounts have noted, dated. */
import type { AccountPlan } from '../account.ts';
import { atWork, workday } from '../facts/dated.ts';
import { holderOf, isThere } from '../people.ts';
import { Random } from '../random.ts';
import type { Scene } from '../scene.ts';
import { notes, pinnedNotes } from '../words/notes.ts';

export interface DemoNote {
  account: string;
  /** epoch ms */
  at: number;
  body: string;
  pinned: boolean;
}

const trouble = ['open', 'churned'];

/** Notes of one account, oldest first; of those that are fine, most have none. */
export function notesOf(scene: Scene, plan: AccountPlan): DemoNote[] {
  const { story, profile, churn } = plan;
  const random = new Random(scene.seed, 'notes', profile.index);
  const hasTrouble = trouble.includes(story.outcome);
  if (!random.chance(hasTrouble ? 0.85 : 0.3)) return [];
  const texts = random.shuffle([...notes[story.kind]]).slice(0, hasTrouble ? 2 : 1);
  const last = Math.min(scene.today - 1, churn === null ? scene.today - 1 : churn - 1);
  const first = Math.max(plan.known + 20, hasTrouble ? story.from + 5 : last - 200);
  const write = (text: string, pinned: boolean): DemoNote[] => {
    const day = workday(random.whole(Math.min(first, last), last));
    const at = atWork(plan, day, random);
    const somebody =
      holderOf(plan.people, 'decision_maker', day) ??
      holderOf(plan.people, 'champion', day) ??
      plan.people.find((person) => isThere(person, day));
    if (at > scene.now || !somebody) return [];
    return [{ account: profile.id, at, body: text.replaceAll('{name}', somebody.name), pinned }];
  };
  const pinned = profile.tier !== 'smb' && random.chance(0.4) ? write(random.pick(pinnedNotes), true) : [];
  return [...texts.flatMap((text) => write(text, false)), ...pinned].sort((a, b) => a.at - b.at);
}

/** What a workspace has beside facts once people work in it: notes, views, sources with their mistakes, a merge, an import. */
import type { AccountPlan } from '#seed/demo/account.ts';
import { surveyFields, surveyFile, surveyFileName } from '#seed/demo/extras/survey-file.ts';
import type { Scene } from '#seed/demo/scene.ts';
import { refreshFindings } from '#server/modules/findings/index.ts';
import { importAtHand } from '#server/modules/imports/index.ts';
import { transaction } from '#server/platform/db/pool.ts';
import { source } from '../facts.ts';
import type { Loading } from '../load.ts';
import { plantFlaws } from './flaws.ts';
import { countPastIntake, sendMessages } from './intake.ts';
import { mergeTwin } from './merge.ts';
import { addRivals } from './rivals.ts';
import { addNotes, addViews, addWriteKeys, hasExtras } from './store.ts';

/** Once: a load that is repeated finds them. */
export async function addExtras(
  { pool, log, workspaceId }: Loading,
  scene: Scene,
  plans: readonly AccountPlan[],
): Promise<void> {
  if (await transaction(pool, workspaceId, (tx) => hasExtras(tx, workspaceId))) return;
  await importAtHand(pool, workspaceId, {
    name: surveyFileName,
    text: surveyFile(scene, plans),
    mapping: { kind: 'survey_responses', fields: surveyFields, source, moneyUnit: 'major', createAccounts: false },
  });
  const keys = await transaction(pool, workspaceId, async (tx) => {
    await addNotes(tx, workspaceId, scene, plans);
    await addViews(tx, workspaceId);
    await plantFlaws(tx, workspaceId, scene, plans);
    await addRivals(tx, workspaceId, scene, plans);
    await mergeTwin(tx, workspaceId, scene, plans);
    await countPastIntake(tx, workspaceId, scene.now);
    return addWriteKeys(tx, workspaceId);
  });
  await sendMessages({ pool, log }, workspaceId, scene, keys);
  await transaction(pool, workspaceId, (tx) => refreshFindings(tx, workspaceId));
}

/** What the guides on health and risk say is what the product does. */
import { readFile } from 'node:fs/promises';
import { beforeAll, expect, test } from 'vitest';
import { parseChecked } from '#core/condition/parse.ts';
import { testDatabase } from '#server/testing/database.ts';
import { createWorkspace, inside, keyActor } from '#server/testing/factories.ts';
import { createJsonApi, type JsonApi } from '#server/testing/json-api.ts';
import { healthRoutes, loadVocabulary, ruleNames, seedHealth } from './index.ts';

const database = testDatabase();
let workspace = 0;
let api: JsonApi;
beforeAll(async () => {
  workspace = await createWorkspace(database.pool);
  await inside(database.pool, workspace, (tx) => seedHealth(tx, workspace));
  api = createJsonApi(database.pool, healthRoutes, keyActor(workspace));
});

const guide = (name: string) => readFile(new URL(`../../../docs/concepts/${name}.md`, import.meta.url), 'utf8');

test('the worked example of health gives the figures that stand below it', async () => {
  const text = await guide('health');
  const values = JSON.parse(/```json\n([\s\S]+?)```/.exec(text)![1]!);
  const { body } = await api('POST', '/health/evaluate', { values });
  expect(text).toContain(` = ${body.score.toFixed(6).slice(0, 7)}…: shown as **63, ${body.bandTitle}**`);
  for (const { title, weight, score, contribution } of body.components) {
    const [, given, shown, part] = new RegExp(`\\| ${title} \\| (\\d+) % \\|.*\\| (.+) \\| (.+) \\|`).exec(text)!;
    expect([Number(given), shown === 'none' ? null : Number(shown)]).toEqual([weight, score]);
    expect(Number(part)).toBeCloseTo(contribution, 1);
  }
});

test('every condition in the guide on risk can be used', async () => {
  const vocabulary = await inside(database.pool, workspace, (tx) => loadVocabulary(tx, workspace));
  const conditions = [...(await guide('risk')).matchAll(/```condition\n([\s\S]+?)```/g)].map(([, text]) => text!);
  expect(conditions).toHaveLength(4);
  for (const text of conditions) expect(parseChecked(text, ruleNames(vocabulary))).toMatchObject({ ok: true });
});

import { readCondition } from '#core/condition/check.ts';
import {
  type Checked,
  JsonReader,
  type JsonRecord,
  join,
  toVocabulary,
  unknownSignal,
  type Vocabulary,
} from '#core/condition/read-json.ts';
import type { SignalName } from '#core/condition/types.ts';
import { readBands } from './check-bands.ts';
import { readCurve } from './check-curve.ts';
import type { Component, Scorecard, ScorecardSignal } from './scorecard.ts';

/** How far a sum of weights may be from 100 (chapter 03). */
const weightTolerance = 0.01;
const keyPattern = /^[a-z0-9]+([-_][a-z0-9]+)*$/;

/**
 * Checks JSON as a scorecard over the given signal names (chapter 03): weights that sum to 100, known signals, curves
 * in order and within 0..100, bands that cover 0..100, the condition. All problems are listed, each with its path.
 */
export function checkScorecard(json: unknown, names: readonly SignalName[]): Checked<{ scorecard: Scorecard }> {
  const reader = new JsonReader();
  const fields = ['key', 'title', 'minCoverage', 'appliesTo', 'components', 'bands'];
  const record = reader.record(json, '', fields);
  const scorecard = record && readScorecard(record, toVocabulary(names), reader);
  if (scorecard === null || reader.problems.length > 0) return { ok: false, problems: reader.problems };
  return { ok: true, scorecard };
}

function readScorecard(record: JsonRecord, vocabulary: Vocabulary, reader: JsonReader): Scorecard {
  const { appliesTo } = record;
  const conditional = appliesTo !== undefined && appliesTo !== null;
  return {
    key: readKey(record.key, 'key', reader),
    title: reader.text(record.title, 'title', 120) ?? '',
    minCoverage: reader.number(record.minCoverage, 'minCoverage', 0, 1) ?? 0,
    appliesTo: conditional ? readCondition(appliesTo, 'appliesTo', vocabulary, reader) : null,
    components: readComponents(record.components, vocabulary, reader),
    bands: readBands(record.bands, 'bands', reader),
  };
}

function readComponents(json: unknown, vocabulary: Vocabulary, reader: JsonReader): Component[] {
  const list = reader.list(json, 'components', 20) ?? [];
  const components = list.flatMap((one, i) => readComponent(one, join('components', i), vocabulary, reader) ?? []);
  refuseTwice(components, ({ key }) => key, 'components', 'key', reader);
  if (json !== undefined) checkSum(components, list.length, 'components', reader);
  return components;
}

function readComponent(json: unknown, path: string, vocabulary: Vocabulary, reader: JsonReader): Component | null {
  const record = reader.record(json, path, ['key', 'title', 'weight', 'signals']);
  if (record === null) return null;
  const at = join(path, 'signals');
  const list = reader.list(record.signals, at, 20) ?? [];
  const signals = list.flatMap((one, i) => readSignal(one, join(at, i), vocabulary, reader) ?? []);
  refuseTwice(signals, ({ signal }) => signal, at, 'signal', reader);
  if (record.signals !== undefined) checkSum(signals, list.length, at, reader);
  return {
    key: readKey(record.key, join(path, 'key'), reader),
    title: reader.text(record.title, join(path, 'title'), 120) ?? '',
    weight: reader.number(record.weight, join(path, 'weight'), 0, 100) ?? Number.NaN,
    signals,
  };
}

function readSignal(json: unknown, path: string, vocabulary: Vocabulary, reader: JsonReader): ScorecardSignal | null {
  const record = reader.record(json, path, ['signal', 'weight', 'curve']);
  if (record === null) return null;
  const signal = reader.text(record.signal, join(path, 'signal'), 200) ?? '';
  const weight = reader.number(record.weight, join(path, 'weight'), 0, 100) ?? Number.NaN;
  const type = vocabulary.get(signal);
  if (type === undefined && signal !== '') reader.fail(join(path, 'signal'), unknownSignal(signal, vocabulary));
  if (type === 'text' && weight > 0)
    reader.fail(join(path, 'signal'), `${signal} is a text; a text can be shown with weight 0 only.`);
  if (record.curve === null && weight > 0) reader.fail(join(path, 'curve'), 'Is required where the weight is above 0.');
  const given = record.curve !== null && record.curve !== undefined;
  return { signal, weight, curve: given ? readCurve(record.curve, join(path, 'curve'), type, reader) : null };
}

function readKey(json: unknown, path: string, reader: JsonReader): string {
  const key = reader.text(json, path, 60) ?? '';
  if (key !== '' && !keyPattern.test(key)) reader.fail(path, 'Small letters, digits and single hyphens only.');
  return key;
}

function refuseTwice<T>(
  all: readonly T[],
  name: (one: T) => string,
  path: string,
  field: string,
  reader: JsonReader,
): void {
  for (const [i, one] of all.entries()) {
    const first = all.findIndex((other) => name(other) === name(one));
    if (first < i && name(one) !== '') reader.fail(join(join(path, i), field), `"${name(one)}" is there twice.`);
  }
}

/** Says by how much weights miss 100 %; silent where one of them is wrong in itself. */
function checkSum(parts: readonly { weight: number }[], expected: number, path: string, reader: JsonReader): void {
  const total = parts.reduce((sum, { weight }) => sum + weight, 0);
  if (parts.length < expected || Number.isNaN(total)) return;
  const miss = 100 - total;
  // a sum of decimals is off by some 1e-14: 99.99 is still within
  if (Math.abs(miss) <= weightTolerance + 1e-9) return;
  const direction = miss > 0 ? 'too little' : 'too much';
  reader.fail(
    path,
    `Weights sum to ${decimals(total)}%, not 100%: they miss by ${decimals(Math.abs(miss))}, ${direction}.`,
  );
}

function decimals(value: number): string {
  return String(Math.round(value * 1000) / 1000);
}

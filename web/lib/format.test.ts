import { describe, expect, it } from 'vitest';
import {
  countOf,
  formatDate,
  formatMoney,
  formatNumber,
  formatPercent,
  formatPoints,
  formatRelative,
  formatScore,
  todayIn,
} from './format.ts';

const en = { locale: 'en-GB', timeZone: 'UTC' };
const now = Date.parse('2026-03-10T12:00:00Z');
const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, ' ');

describe('money from minor units', () => {
  it.each([
    ['euro cents, exact', 123_456, 'EUR', false, 'en-GB', '€1,234.56'],
    ['whole euros lose their cents', 120_000, 'EUR', false, 'en-GB', '€1,200'],
    ['short millions', 123_456_789, 'EUR', true, 'en-US', '€1.2M'],
    ['short below a thousand', 99_900, 'EUR', true, 'en-GB', '€999'],
    ['forints have one, though nobody writes it', 123_456_00, 'HUF', false, 'en', 'HUF 123,456'],
    ['dinars have three digits', 1_234_500, 'IQD', false, 'en', 'IQD 1,234.500'],
    ['yen has no minor unit', 1_200, 'JPY', false, 'ja-JP', '￥1,200'],
    ['dinar has three digits', 1_500, 'KWD', false, 'en-GB', 'KWD 1.500'],
    ['German order', 123_456, 'EUR', false, 'de-DE', '1.234,56 €'],
    ['negative', -5_000, 'USD', false, 'en-US', '−$50'],
    ['negative with cents', -5_050, 'USD', false, 'en-US', '−$50.50'],
    ['short keeps its decimal', 400_000_000, 'USD', true, 'en-US', '$4.0M'],
    ['short thousands', 16_800_000, 'USD', true, 'en-US', '$168.0K'],
    ['short and negative', -123_456_789, 'USD', true, 'en-US', '−$1.2M'],
  ])('%s', (_name, minor, currency, short, locale, expected) => {
    expect(plain(formatMoney(minor, currency, { locale, short }))).toBe(expected);
  });
});

describe('numbers and per cent', () => {
  it.each([
    ['a share', formatPercent(0.397, { ...en, digits: 1 }), '39.7%'],
    ['a fall', formatPercent(-0.79, { ...en, sign: true }), '−79%'],
    ['growth', formatPercent(0.3, { ...en, sign: true }), '+30%'],
    ['the space that German puts', formatPercent(0.3, { locale: 'de-DE' }), '30 %'],
    ['a number below zero', formatNumber(-1234.56, en), '−1,234.6'],
  ])('%s', (_name, written, expected) => expect(plain(written)).toBe(expected));
});

describe('dates', () => {
  it.each([
    ['tomorrow', '2026-03-11', 'tomorrow'],
    ['today', '2026-03-10', 'today'],
    ['in days', '2026-03-22', 'in 12 days'],
    ['far ones are written out', '2026-06-01', '1 Jun 2026'],
    ['past days', '2026-03-07', '3 days ago'],
    ['an instant hours ago', '2026-03-10T09:00:00Z', '3 hours ago'],
    ['an instant just now', '2026-03-10T11:59:40Z', 'now'],
  ])('%s', (_name, value, expected) => {
    expect(formatRelative(value, now, en)).toBe(expected);
  });

  it('counts calendar days in the zone of the workspace, not of the machine', () => {
    const lateEvening = Date.parse('2026-03-10T23:30:00Z');
    expect(todayIn(lateEvening, 'Asia/Tokyo')).toBe('2026-03-11');
    expect(formatRelative('2026-03-11', lateEvening, { locale: 'en-GB', timeZone: 'Asia/Tokyo' })).toBe('today');
  });

  it('never moves a calendar date by the zone of the reader', () => {
    expect(formatDate('2026-03-01', { locale: 'en-GB', timeZone: 'America/Los_Angeles' })).toBe('1 Mar 2026');
  });
});

describe('scores and points', () => {
  it.each([
    [63.0833, '63'],
    [69.5, '70'],
    [69.4999, '69'],
    [0, '0'],
  ])('rounds %d half up to %s', (score, expected) => expect(formatScore(score)).toBe(expected));

  it.each([
    [3.24, '+3.2'],
    [-0.44, '−0.4'],
    [0, '0.0'],
  ])('%d points are written %s', (points, expected) => expect(formatPoints(points, en)).toBe(expected));

  it('counts with the right word', () => {
    expect([countOf(1, 'account'), countOf(2, 'reply', 'replies')]).toEqual(['1 account', '2 replies']);
  });
});

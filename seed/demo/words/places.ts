import type { Culture } from './people.ts';

export interface Place {
  country: string;
  region: 'North America' | 'Europe' | 'Latin America' | 'Asia Pacific' | 'Middle East & Africa';
  culture: Culture;
  /** hours ahead of UTC where most people work; without summer time, which no reader of a demo would miss */
  utcOffset: number;
  /** share among customers, in percent */
  share: number;
}

const place = (
  country: string,
  region: Place['region'],
  culture: Culture,
  utcOffset: number,
  share: number,
): Place => ({ country, region, culture, utcOffset, share });

export const places: readonly Place[] = [
  place('US', 'North America', 'american', -5, 34),
  place('CA', 'North America', 'american', -5, 6),
  place('GB', 'Europe', 'english', 0, 12),
  place('IE', 'Europe', 'english', 0, 2),
  place('DE', 'Europe', 'german', 1, 9),
  place('FR', 'Europe', 'french', 1, 6),
  place('ES', 'Europe', 'spanish', 1, 4),
  place('IT', 'Europe', 'italian', 1, 3),
  place('SE', 'Europe', 'nordic', 1, 3),
  place('DK', 'Europe', 'nordic', 1, 2),
  place('FI', 'Europe', 'nordic', 2, 1),
  place('PL', 'Europe', 'polish', 1, 3),
  place('TR', 'Europe', 'turkish', 3, 1),
  place('BR', 'Latin America', 'brazilian', -3, 3),
  place('MX', 'Latin America', 'spanish', -6, 2),
  place('IN', 'Asia Pacific', 'indian', 5, 4),
  place('SG', 'Asia Pacific', 'chinese', 8, 2),
  place('JP', 'Asia Pacific', 'japanese', 9, 1),
  place('KR', 'Asia Pacific', 'korean', 9, 1),
  place('AE', 'Middle East & Africa', 'arabic', 4, 1),
  place('NG', 'Middle East & Africa', 'nigerian', 1, 1),
];

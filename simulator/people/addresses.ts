import type { Prng } from '../timing/prng.ts';
import { REGIONS, type Region } from './places.ts';

/** A delivery address of a customer or seller. */
export interface Address {
  /** One line, as it stands on a parcel. */
  line: string;
  /** Short region name, e.g. `서울` or `Seoul`. */
  region: string;
  /** Five digits. */
  zip: string;
}

const ESTATES: ReadonlyArray<readonly [ko: string, en: string]> = [
  ['한빛아파트', 'Hanbit Apt.'],
  ['푸른마을아파트', 'Pureun Maeul Apt.'],
  ['은하수마을', 'Eunhasu Maeul'],
  ['햇살마을아파트', 'Haetsal Maeul Apt.'],
  ['무지개아파트', 'Mujigae Apt.'],
  ['솔밭마을', 'Solbat Maeul'],
  ['강변타운', 'Gangbyeon Town'],
  ['숲속마을아파트', 'Supsok Maeul Apt.'],
  ['대림연립', 'Daerim Villa'],
];

const TOTAL_WEIGHT = REGIONS.reduce((sum, region) => sum + region.weight, 0);

function pickRegion(rng: Prng): Region {
  let at = rng.next() * TOTAL_WEIGHT;
  for (const region of REGIONS) {
    at -= region.weight;
    if (at < 0) return region;
  }
  return REGIONS[0] as Region;
}

/** A road-name address: three of four are flats (estate, building, unit), the others houses. */
export function address(rng: Prng, locale: 'ko' | 'en'): Address {
  const region = pickRegion(rng);
  const district = rng.pick(region.districts);
  const road = rng.pick(district.roads);
  const number = rng.chance(0.3) ? `${rng.int(1, 420)}-${rng.int(1, 40)}` : String(rng.int(1, 620));
  const zip = `${district.zip}${String(rng.int(0, 99)).padStart(2, '0')}`;
  const flat = rng.chance(0.75);
  const estate = rng.pick(ESTATES);
  const building = rng.int(101, 118);
  const unit = `${rng.int(1, 25)}${String(rng.int(1, 6)).padStart(2, '0')}`;
  if (locale === 'ko') {
    const line = `${region.ko} ${district.ko} ${road[0]} ${number}`;
    return {
      line: flat ? `${line}, ${estate[0]} ${building}동 ${unit}호` : line,
      region: region.shortKo,
      zip,
    };
  }
  const line = `${number} ${road[1]}, ${district.en}, ${region.en}`;
  return { line: flat ? `${estate[1]} ${building}-${unit}, ${line}` : line, region: region.shortEn, zip };
}

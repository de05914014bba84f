import type { Prng } from '../timing/prng.ts';

/** Family names with their share in percent, roughly as in the census. */
const FAMILY: ReadonlyArray<readonly [ko: string, en: string, weight: number]> = [
  ['김', 'Kim', 21],
  ['이', 'Lee', 15],
  ['박', 'Park', 8],
  ['최', 'Choi', 5],
  ['정', 'Jung', 4],
  ['강', 'Kang', 2],
  ['조', 'Cho', 2],
  ['윤', 'Yoon', 2],
  ['장', 'Jang', 2],
  ['임', 'Lim', 2],
  ['한', 'Han', 2],
  ['오', 'Oh', 2],
  ['서', 'Seo', 2],
  ['신', 'Shin', 2],
  ['권', 'Kwon', 1],
  ['황', 'Hwang', 1],
  ['안', 'Ahn', 1],
  ['송', 'Song', 1],
  ['남궁', 'Namgung', 0.2],
];

const GIVEN: ReadonlyArray<readonly [ko: string, en: string]> = [
  ['민준', 'Min-jun'],
  ['서연', 'Seo-yeon'],
  ['도윤', 'Do-yun'],
  ['지우', 'Ji-woo'],
  ['서준', 'Seo-jun'],
  ['하은', 'Ha-eun'],
  ['예준', 'Ye-jun'],
  ['수아', 'Su-a'],
  ['지호', 'Ji-ho'],
  ['지민', 'Ji-min'],
  ['현우', 'Hyun-woo'],
  ['유진', 'Yu-jin'],
  ['준서', 'Jun-seo'],
  ['채원', 'Chae-won'],
  ['건우', 'Geon-woo'],
  ['은지', 'Eun-ji'],
  ['성민', 'Sung-min'],
  ['미경', 'Mi-kyung'],
  ['영호', 'Young-ho'],
  ['정숙', 'Jung-sook'],
  ['동현', 'Dong-hyun'],
  ['혜진', 'Hye-jin'],
  ['상훈', 'Sang-hoon'],
  ['보라', 'Bo-ra'],
  ['태영', 'Tae-young'],
  ['나은', 'Na-eun'],
  ['승현', 'Seung-hyun'],
  ['다인', 'Da-in'],
  ['재원', 'Jae-won'],
  ['소희', 'So-hee'],
];

const FAMILY_WEIGHT = FAMILY.reduce((sum, [, , weight]) => sum + weight, 0);

/** A full name as it is written in the locale: `김민준`, or `Min-jun Kim`. */
export function personName(rng: Prng, locale: 'ko' | 'en'): string {
  let at = rng.next() * FAMILY_WEIGHT;
  let family = FAMILY[0] as (typeof FAMILY)[number];
  for (const candidate of FAMILY) {
    family = candidate;
    at -= candidate[2];
    if (at < 0) break;
  }
  const given = rng.pick(GIVEN);
  return locale === 'ko' ? `${family[0]}${given[0]}` : `${given[1]} ${family[1]}`;
}

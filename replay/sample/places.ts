import type { Prng } from '../../simulator/timing/prng.ts';

/** A city with the beginning of its zip codes. */
export interface City {
  city: string;
  state: string;
  firstZip: number;
  /** Degrees. */
  latitude: number;
  longitude: number;
  /** How many live there, relative to the others. */
  weight: number;
}

export interface ZipPlace {
  zip: string;
  city: string;
  state: string;
  latitude: number;
  longitude: number;
}

const CITIES: readonly City[] = [
  { city: 'sao paulo', state: 'SP', firstZip: 1_000, latitude: -23.55, longitude: -46.63, weight: 30 },
  { city: 'campinas', state: 'SP', firstZip: 13_010, latitude: -22.91, longitude: -47.06, weight: 8 },
  { city: 'rio de janeiro', state: 'RJ', firstZip: 20_010, latitude: -22.91, longitude: -43.2, weight: 13 },
  { city: 'vitoria', state: 'ES', firstZip: 29_010, latitude: -20.32, longitude: -40.34, weight: 2 },
  { city: 'belo horizonte', state: 'MG', firstZip: 30_110, latitude: -19.92, longitude: -43.94, weight: 11 },
  { city: 'salvador', state: 'BA', firstZip: 40_010, latitude: -12.97, longitude: -38.5, weight: 4 },
  { city: 'recife', state: 'PE', firstZip: 50_010, latitude: -8.05, longitude: -34.88, weight: 3 },
  { city: 'fortaleza', state: 'CE', firstZip: 60_010, latitude: -3.73, longitude: -38.52, weight: 2 },
  { city: 'belem', state: 'PA', firstZip: 66_010, latitude: -1.46, longitude: -48.49, weight: 2 },
  { city: 'manaus', state: 'AM', firstZip: 69_005, latitude: -3.12, longitude: -60.02, weight: 1 },
  { city: 'brasilia', state: 'DF', firstZip: 70_040, latitude: -15.79, longitude: -47.88, weight: 4 },
  { city: 'goiania', state: 'GO', firstZip: 74_003, latitude: -16.68, longitude: -49.25, weight: 3 },
  { city: 'curitiba', state: 'PR', firstZip: 80_010, latitude: -25.43, longitude: -49.27, weight: 6 },
  { city: 'florianopolis', state: 'SC', firstZip: 88_010, latitude: -27.6, longitude: -48.55, weight: 4 },
  { city: 'porto alegre', state: 'RS', firstZip: 90_010, latitude: -30.03, longitude: -51.23, weight: 6 },
];

const ZIPS_PER_WEIGHT = 3;
/** Degrees that zips of a city lie around its middle. */
const SPREAD = 0.15;

/** Zip codes of all cities; busy cities have more. Every zip is drawn equally often. */
export function makePlaces(rng: Prng): ZipPlace[] {
  return CITIES.flatMap((city) =>
    Array.from({ length: city.weight * ZIPS_PER_WEIGHT }, (_, index) => ({
      zip: String(city.firstZip + index * 7).padStart(5, '0'),
      city: city.city,
      state: city.state,
      latitude: city.latitude + rng.between(-SPREAD, SPREAD),
      longitude: city.longitude + rng.between(-SPREAD, SPREAD),
    })),
  );
}

const KM_PER_DEGREE = 111.2;

/** Kilometres on a plane that touches the earth between the two: good to some percent, which is enough for a sample. */
export function roughKm(a: ZipPlace, b: ZipPlace): number {
  const middle = (((a.latitude + b.latitude) / 2) * Math.PI) / 180;
  const east = (a.longitude - b.longitude) * Math.cos(middle);
  return KM_PER_DEGREE * Math.hypot(a.latitude - b.latitude, east);
}

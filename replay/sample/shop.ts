import type { Prng } from '../../simulator/timing/prng.ts';
import { makePlaces, roughKm, type ZipPlace } from './places.ts';

export interface SampleSeller {
  id: string;
  place: ZipPlace;
  /** Median days from approval to hand-over. */
  preparationDays: number;
}

export interface SampleProduct {
  id: string;
  category: string;
  price: number;
  weightG: number;
  /** Centimetres. */
  size: readonly [length: number, height: number, width: number];
  /** Who sells it: at least one. */
  sellers: readonly SampleSeller[];
}

/** What the orders of a history are made from. */
export interface Shop {
  places: readonly ZipPlace[];
  sellers: readonly SampleSeller[];
  products: readonly SampleProduct[];
  /** Days a parcel is under way, in the middle. */
  transitDays(from: ZipPlace, to: ZipPlace): number;
}

/** Portuguese names, as in the original, with their English ones. The last has no translation, as happens there. */
export const CATEGORIES: readonly (readonly [name: string, english: string | null])[] = [
  ['cama_mesa_banho', 'bed_bath_table'],
  ['beleza_saude', 'health_beauty'],
  ['esporte_lazer', 'sports_leisure'],
  ['informatica_acessorios', 'computers_accessories'],
  ['moveis_decoracao', 'furniture_decor'],
  ['brinquedos', 'toys'],
  ['relogios_presentes', 'watches_gifts'],
  ['pc_gamer', null],
];

const ORDERS_PER_SELLER = 30;
const FEWEST_SELLERS = 8;
const PRODUCTS_PER_SELLER = 4;
const SHARE_SOLD_BY_SEVERAL = 0.3;
const SHARE_OF_SLOW_SELLERS = 0.2;
const SHARE_OF_SLOW_ROUTES = 0.15;
const KM_A_DAY = 350;

export function makeShop(rng: Prng, orders: number): Shop {
  const places = makePlaces(rng.fork('places'));
  const sellers = makeSellers(rng.fork('sellers'), places, orders);
  return {
    places,
    sellers,
    products: makeProducts(rng.fork('products'), sellers),
    transitDays: transitBetween(rng),
  };
}

/** Most sellers are in the two biggest states; one in five is slow. */
function makeSellers(rng: Prng, places: readonly ZipPlace[], orders: number): SampleSeller[] {
  const near = places.filter(({ state }) => state === 'SP' || state === 'PR');
  const count = Math.max(Math.round(orders / ORDERS_PER_SELLER), FEWEST_SELLERS);
  return Array.from({ length: count }, () => ({
    id: hexId(rng),
    place: rng.pick(rng.chance(0.7) ? near : places),
    preparationDays: rng.chance(SHARE_OF_SLOW_SELLERS) ? rng.between(4, 7) : rng.between(0.7, 2),
  }));
}

function makeProducts(rng: Prng, sellers: readonly SampleSeller[]): SampleProduct[] {
  return sellers.flatMap((seller) =>
    Array.from({ length: PRODUCTS_PER_SELLER }, () => ({
      id: hexId(rng),
      category: rng.pick(CATEGORIES)[0],
      price: Math.round(rng.lognormal(80, 0.8) * 100) / 100,
      weightG: Math.round(rng.lognormal(900, 0.9)),
      size: [rng.int(10, 60), rng.int(5, 40), rng.int(10, 40)] as const,
      sellers: rng.chance(SHARE_SOLD_BY_SEVERAL) ? [seller, ...others(rng, sellers, seller)] : [seller],
    })),
  );
}

function others(rng: Prng, sellers: readonly SampleSeller[], seller: SampleSeller): SampleSeller[] {
  const found = new Set([rng.pick(sellers), rng.pick(sellers)]);
  found.delete(seller);
  return [...found];
}

/** Some pairs of states have a slow carrier, which nobody who promises a date knows. */
function transitBetween(rng: Prng): Shop['transitDays'] {
  return (from, to) => {
    const slow = rng.fork(`route ${from.state}>${to.state}`).chance(SHARE_OF_SLOW_ROUTES);
    const usual = 1.5 + roughKm(from, to) / KM_A_DAY;
    return slow ? usual * 2 + 2 : usual;
  };
}

/** 32 hexadecimal digits. */
export function hexId(rng: Prng): string {
  let id = '';
  for (let word = 0; word < 4; word++) id += rng.uint32().toString(16).padStart(8, '0');
  return id;
}

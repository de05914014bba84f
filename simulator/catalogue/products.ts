import { address } from '../people/addresses.ts';
import { Prng } from '../timing/prng.ts';
import { BRANDS, CATEGORIES, VARIANTS } from './product-names.ts';

/** One thing that is sold. The same index is the same product in every run, whatever its seed. */
export interface Product {
  index: number;
  productId: string;
  name: string;
  /** `name` as a JSON text, quotes included. */
  nameJson: string;
  category: string;
  /** KRW, whole. */
  price: number;
  sellerId: string;
  /** Five digits, where the seller ships from. */
  sellerZip: string;
  /** Grams. */
  weight: number;
  /** Pieces at the start; null: stock is not tracked. */
  openingStock: number | null;
  /** From an order to the supplier until its pieces are there, in days: minutes, so that a run sees them come. */
  leadTimeDays: number;
}

export const AMPLE_STOCK = 1_000_000;
const SELLERS = 240;
const MINUTES_A_DAY = 1440;

/**
 * The catalogue: `count` ordinary products (P-000001 ...: ample stock, every fiftieth untracked), then `scarce` ones with
 * 0 to 3 pieces. The scarce ones carry the run's name in their id, because an earlier run has sold out its own.
 */
export function catalogue(count: number, scarce: number, run: string, locale: 'ko' | 'en'): Product[] {
  const sellerZips = Array.from({ length: SELLERS }, (_, i) => address(new Prng(`seller/${i}`), locale).zip);
  const products: Product[] = [];
  for (let index = 0; index < count + scarce; index++) {
    const rng = new Prng(`product/${index}`);
    const category = rng.pick(CATEGORIES);
    const item = rng.pick(category.items);
    const brand = rng.pick(BRANDS);
    const variant = rng.pick(VARIANTS);
    const seller = rng.int(0, SELLERS - 1);
    const side = locale === 'ko' ? 0 : 1;
    const name = `${brand[side]} ${item[side]} ${variant[side]}`;
    const rare = index - count;
    products.push({
      index,
      productId:
        rare < 0
          ? `P-${String(index + 1).padStart(6, '0')}`
          : `P-${run}-${String(rare + 1).padStart(5, '0')}`,
      name,
      nameJson: JSON.stringify(name),
      category: category[locale],
      price: Math.round(logUniform(rng, category.price) / 100) * 100,
      sellerId: `S-${String(seller + 1).padStart(4, '0')}`,
      sellerZip: sellerZips[seller] as string,
      weight: Math.round(logUniform(rng, category.weight)),
      openingStock: rare >= 0 ? rare % 4 : rng.chance(0.02) ? null : AMPLE_STOCK,
      leadTimeDays: rng.int(15, 60) / MINUTES_A_DAY,
    });
  }
  return products;
}

function logUniform(rng: Prng, [min, max]: readonly [number, number]): number {
  return min * (max / min) ** rng.next();
}

import { Prng } from '../timing/prng.ts';
import { type Address, address } from './addresses.ts';
import { personName } from './names.ts';

/** Somebody who orders. The same index is the same person in every run, whatever its seed. */
export interface Customer extends Address {
  index: number;
  userId: string;
  name: string;
  /** `line`, `region` and `name` as JSON texts, quotes included: they are written into many events. */
  lineJson: string;
  regionJson: string;
  nameJson: string;
}

/** Customers by index, made when first asked for and kept. */
export class Customers {
  readonly count: number;
  readonly #locale: 'ko' | 'en';
  readonly #known: (Customer | undefined)[] = [];

  constructor(count: number, locale: 'ko' | 'en') {
    this.count = count;
    this.#locale = locale;
  }

  /** Customer number `index`, from 0. */
  at(index: number): Customer {
    const known = this.#known[index];
    if (known !== undefined) return known;
    const rng = new Prng(`customer/${index}`);
    const where = address(rng, this.#locale);
    const name = personName(rng, this.#locale);
    const customer: Customer = {
      ...where,
      index,
      userId: `U-${String(index + 1).padStart(6, '0')}`,
      name,
      lineJson: JSON.stringify(where.line),
      regionJson: JSON.stringify(where.region),
      nameJson: JSON.stringify(name),
    };
    this.#known[index] = customer;
    return customer;
  }

  any(rng: Prng): Customer {
    return this.at(rng.int(0, this.count - 1));
  }
}

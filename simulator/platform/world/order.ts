import type { Micros } from '../../../domain/time/micros.ts';
import type { Prng } from '../../timing/prng.ts';
import type { Customer } from '../people/population.ts';
import type { Dish } from '../places/dishes.ts';
import type { Rider } from './fleet.ts';
import type { Restaurant } from './kitchens.ts';

/** An order while it lives. */
export interface Order {
  orderId: string;
  /** Its own numbers, so that what happens to one order does not depend on the others. */
  rng: Prng;
  customer: Customer;
  restaurant: Restaurant;
  dish: Dish;
  address: string;
  district: number;
  region: string;
  method: string;
  amount: number;
  createdAt: Micros;
  promisedAt: Micros;
  paid: boolean;
  over: boolean;
  rider: Rider | null;
  /** When the rider came to the restaurant, and the meal was ready. */
  arrivedAt: Micros | null;
  readyAt: Micros | null;
  /** The shortest way to the customer. */
  kilometres: number;
  /** The customer was told that it takes longer. */
  notified: boolean;
}

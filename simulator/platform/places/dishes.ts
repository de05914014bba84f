import type { Prng } from '../../timing/prng.ts';

export interface Dish {
  productId: string;
  name: string;
}

const CUISINES: ReadonlyArray<readonly [kitchen: string, ...dishes: string[]]> = [
  ['Chicken', 'Fried chicken', 'Seasoned chicken', 'Soy garlic chicken', 'Boneless chicken'],
  ['Kimbap', 'Tuna kimbap', 'Bulgogi kimbap', 'Ramyeon', 'Tteokbokki'],
  ['Pizza', 'Potato pizza', 'Bulgogi pizza', 'Margherita', 'Four cheese pizza'],
  ['Noodles', 'Jjajangmyeon', 'Jjamppong', 'Sweet and sour pork', 'Fried rice'],
  ['Stews', 'Kimchi stew', 'Soybean stew', 'Soft tofu stew', 'Army stew'],
  ['Pork', 'Jokbal', 'Bossam', 'Pork cutlet', 'Cheese cutlet'],
  ['Burgers', 'Bulgogi burger', 'Shrimp burger', 'Double cheeseburger', 'Chicken burger'],
  ['Salads', 'Chicken salad', 'Salmon poke', 'Tofu bowl', 'Ricotta salad'],
];

const NAMES = [
  'Hanbit',
  'Namdaemun',
  'Gaon',
  'Byeol',
  'Dalbit',
  'Sol',
  'Maru',
  'Nuri',
  'Ondo',
  'Haneul',
  'Saem',
  'Bada',
];

/** Name and menu of a restaurant. */
export function makeMenu(restaurantId: string, rng: Prng): { name: string; dishes: readonly Dish[] } {
  const [kitchen, ...dishes] = rng.pick(CUISINES);
  return {
    name: `${rng.pick(NAMES)} ${kitchen}`,
    dishes: dishes.map((name, i) => ({ productId: `${restaurantId}-D${i + 1}`, name })),
  };
}

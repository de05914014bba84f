/** The states of an order; null where one is not known. */
export interface OrderStates {
  customerState: string | null;
  sellerState: string | null;
}

/** Column of each state by its name, and of the rest of them. */
export type StateColumns = Record<string, number>;

/**
 * So many states of the customers, and as many of the sellers, have a column of their own. States are free text, and a
 * fit takes time with the cube of its columns.
 */
export const MOST_STATES = 60;

const CUSTOMER = { name: 'to', other: 'other to' };
const SELLER = { name: 'from', other: 'other from' };

/** Columns from `first` on, in the order in which states appear: the most frequent states, and one for all the others. */
export function stateColumns(orders: readonly OrderStates[], first: number): StateColumns {
  const to = mostFrequent(orders.map(({ customerState }) => customerState));
  const from = mostFrequent(orders.map(({ sellerState }) => sellerState));
  const columns: StateColumns = {};
  let next = first;
  const add = (name: string) => {
    if (columns[name] !== undefined) return;
    columns[name] = next;
    next += 1;
  };
  for (const { customerState, sellerState } of orders) {
    if (customerState !== null)
      add(to.has(customerState) ? `${CUSTOMER.name} ${customerState}` : CUSTOMER.other);
    if (sellerState !== null) add(from.has(sellerState) ? `${SELLER.name} ${sellerState}` : SELLER.other);
  }
  return columns;
}

/** Undefined for a state that is not known, or that says nothing as no such order has been seen. */
export function customerColumn(columns: StateColumns, { customerState }: OrderStates): number | undefined {
  return columnOf(columns, CUSTOMER, customerState);
}

/** As {@link customerColumn}. */
export function sellerColumn(columns: StateColumns, { sellerState }: OrderStates): number | undefined {
  return columnOf(columns, SELLER, sellerState);
}

function columnOf(
  columns: StateColumns,
  { name, other }: typeof CUSTOMER,
  state: string | null,
): number | undefined {
  return state === null ? undefined : (columns[`${name} ${state}`] ?? columns[other]);
}

/** Of states that are equally frequent the first by name. */
function mostFrequent(states: readonly (string | null)[]): ReadonlySet<string> {
  const counts = new Map<string, number>();
  for (const state of states) if (state !== null) counts.set(state, (counts.get(state) ?? 0) + 1);
  const ranked = [...counts].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1));
  return new Set(ranked.slice(0, MOST_STATES).map(([state]) => state));
}

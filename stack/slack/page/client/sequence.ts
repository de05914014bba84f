import { createElement, Fragment, type ReactNode } from 'react';

/** Parts of one text or block. They have no identity but their place, and so need no keys. */
export function inSequence<Item>(
  items: readonly Item[],
  render: (item: Item, index: number) => ReactNode,
): ReactNode {
  return createElement(Fragment, null, ...items.map(render));
}

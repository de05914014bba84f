import type { KeyboardEvent } from 'react';

const gap = 4;

/** Puts an open popover below its opener, above it where there is no room below, and the focus on its first item. */
export function placeBeside(menu: HTMLElement, opener: HTMLElement | null): void {
  if (opener === null) return;
  const beside = opener.getBoundingClientRect();
  const { width, height } = menu.getBoundingClientRect();
  const below = beside.bottom + gap;
  const top = below + height <= window.innerHeight ? below : Math.max(gap, beside.top - gap - height);
  const left = Math.max(gap, Math.min(beside.left, window.innerWidth - width - gap));
  menu.style.top = `${top}px`;
  menu.style.left = `${left}px`;
  itemsOf(menu)[0]?.focus();
}

/** Arrow keys, Home and End. */
export function moveFocus(event: KeyboardEvent<HTMLElement>): void {
  const items = itemsOf(event.currentTarget);
  const at = items.indexOf(document.activeElement as HTMLElement);
  const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: items.length - 1 }[event.key];
  if (next === undefined || items.length === 0) return;
  event.preventDefault();
  items[(next + items.length) % items.length]?.focus();
}

function itemsOf(menu: HTMLElement): HTMLElement[] {
  return [...menu.querySelectorAll<HTMLElement>('button:not(:disabled)')];
}

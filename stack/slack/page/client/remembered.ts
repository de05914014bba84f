import type { PageState, Place } from './state.ts';

const actingAsKey = 'slack-standin.acting-as';

/** What survives a reload: who one is, in the browser; where one is, in the address. */
export function readRemembered(): { actingAs: string | null; place: Place | null } {
  return { actingAs: localStorage.getItem(actingAsKey), place: placeOfHash(location.hash) };
}

export function remember({ actingAs, place }: Pick<PageState, 'actingAs' | 'place'>): void {
  if (actingAs !== null) localStorage.setItem(actingAsKey, actingAs);
  const hash = place === null ? '' : place.kind === 'home' ? '#home' : `#${place.id}`;
  if (hash !== '' && hash !== location.hash) history.replaceState(null, '', hash);
}

export function placeOfHash(hash: string): Place | null {
  const id = hash.slice(1);
  if (id === '') return null;
  return id === 'home' ? { kind: 'home' } : { kind: 'channel', id };
}

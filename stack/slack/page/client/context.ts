import { createContext, type Dispatch, useContext } from 'react';
import type { StandinState } from '../../standin-types.ts';
import type { PageAction, PageState } from './state.ts';

/**
 * Who and what a message may speak of. Apart from the rest of the state, because messages depend on it and it hardly
 * ever changes.
 */
export type Directory = Pick<StandinState, 'users' | 'user_groups' | 'channels' | 'app'> & {
  readonly actingAs: string | null;
};

export const DirectoryContext = createContext<Directory | null>(null);
export const DispatchContext = createContext<Dispatch<PageAction> | null>(null);
export const DeliveriesContext = createContext<PageState['deliveries']>({});

export function useDirectory(): Directory {
  return given(useContext(DirectoryContext), 'DirectoryContext');
}

export function useDispatch(): Dispatch<PageAction> {
  return given(useContext(DispatchContext), 'DispatchContext');
}

/** What people know the app by. */
export function useAppName(): string {
  const { users, app } = useDirectory();
  return users.find((user) => user.id === app.bot_user_id)?.real_name ?? app.name;
}

export function useDeliveries(): PageState['deliveries'] {
  return useContext(DeliveriesContext);
}

export function given<Value>(value: Value | null, name: string): Value {
  if (value === null) throw new Error(`${name} is used outside of its provider.`);
  return value;
}

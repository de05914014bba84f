import { createContext, useContext, useState } from 'react';
import type { Click, ElementValue, ViewValues } from '../../standin-types.ts';
import { api, RefusedError } from './api.ts';
import { given, useDirectory, useDispatch } from './context.ts';
import { type Element, initialValue } from './form-values.ts';

/** What stands in a message or a view: where clicks on it go, and what was put into its elements. */
export type Surface = {
  readonly target: Pick<Click, 'channel' | 'message_ts' | 'view_id'>;
  readonly values: ViewValues;
  setValue(blockId: string, actionId: string, value: ElementValue): void;
  /** What was wrong with a submission, by block_id. */
  readonly errors: Readonly<Record<string, string>>;
};

export const SurfaceContext = createContext<Surface | null>(null);

export function useSurface(): Surface {
  return given(useContext(SurfaceContext), 'SurfaceContext');
}

/** The values of one message or view, beginning with those the stand-in knows. */
export function useValues(stored: ViewValues): Pick<Surface, 'values' | 'setValue'> {
  const [touched, setTouched] = useState<ViewValues>({});
  return {
    values: mergeValues(stored, touched),
    setValue: (blockId, actionId, value) =>
      setTouched((before) => ({ ...before, [blockId]: { ...before[blockId], [actionId]: value } })),
  };
}

function mergeValues(stored: ViewValues, touched: ViewValues): ViewValues {
  const merged = { ...stored };
  for (const [blockId, values] of Object.entries(touched))
    merged[blockId] = { ...stored[blockId], ...values };
  return merged;
}

/** What was chosen, in the form {@link Click} wants it. */
export type Chosen = Partial<Omit<Click, 'user_id' | 'block_id' | 'action_id'>>;

export function deliveryKey(target: Surface['target'], blockId: string, actionId: string): string {
  return [target.view_id ?? `${target.channel} ${target.message_ts}`, blockId, actionId].join(' ');
}

/** The value of an element, and how to change it and tell the app of it. */
export function useElement(blockId: string, element: Element) {
  const { target, values, setValue } = useSurface();
  const { actingAs } = useDirectory();
  const dispatch = useDispatch();
  const actionId = element.action_id ?? '';
  const key = deliveryKey(target, blockId, actionId);

  async function act(chosen: Chosen): Promise<void> {
    if (actingAs === null) return;
    dispatch({ type: 'delivery', key, note: 'pending' });
    try {
      const click = {
        user_id: actingAs,
        ...target,
        block_id: blockId,
        action_id: actionId,
        values,
        ...chosen,
      };
      const delivery = await api.act(click);
      dispatch({ type: 'delivery', key, note: delivery.delivered ? null : delivery.error });
    } catch (error) {
      const gone = error instanceof RefusedError && error.status === 404;
      dispatch({ type: 'delivery', key, note: gone ? 'unknown_element' : 'dispatch_failed' });
    }
  }

  return {
    key,
    value: values[blockId]?.[actionId] ?? initialValue(element),
    change: (value: ElementValue) => setValue(blockId, actionId, value),
    act,
    /** For tests: which element of which block this is. */
    hooks: { 'data-block-id': blockId, 'data-action-id': actionId },
  };
}

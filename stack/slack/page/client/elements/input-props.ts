import type { Element } from '../form-values.ts';

export type InputProps = {
  readonly blockId: string;
  readonly element: Element;
  /** Of the control, for its label; undefined outside of input blocks. */
  readonly id: string | undefined;
  /** Whether the app is told of every change. */
  readonly dispatches: boolean;
  readonly invalid: boolean;
};

/** `view.state.values` of a submission: by block_id, then action_id. As far as we read it. */
export type ViewValues = Readonly<
  Record<
    string,
    Readonly<
      Record<
        string,
        {
          readonly value?: string | null;
          readonly selected_option?: { readonly value?: string | undefined } | null;
        }
      >
    >
  >
>;

/** The chosen option of an input whose block and action have the same name; null when none is. */
export function selectedOption(values: ViewValues, name: string): string | null {
  return values[name]?.[name]?.selected_option?.value ?? null;
}

/** The text entered, without blanks around it; null when there is none. */
export function submittedText(values: ViewValues, name: string): string | null {
  const text = values[name]?.[name]?.value?.trim() ?? '';
  return text === '' ? null : text;
}

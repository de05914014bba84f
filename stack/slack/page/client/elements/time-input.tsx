import { useElement } from '../surface.ts';
import { DeliveryWarning } from './delivery-note.tsx';
import type { InputProps } from './input-props.ts';

const minuteMilliseconds = 60_000;

/** Date, time, or both; the browser's own controls. */
export function TimeInputElement({ blockId, element, id, dispatches, invalid }: InputProps) {
  const { key, value, change, act, hooks } = useElement(blockId, element);
  const kind = kinds[element.type] ?? kinds.datepicker;

  function set(entered: string): void {
    const chosen = { [kind.member]: entered === '' ? null : kind.read(entered) };
    change({ type: element.type, ...chosen });
    if (dispatches) void act(chosen);
  }

  const current = value[kind.member];
  return (
    <>
      <input
        id={id}
        type={kind.control}
        className="input input-time"
        value={current === null || current === undefined ? '' : kind.write(current)}
        aria-invalid={invalid}
        aria-label={id === undefined ? kind.control : undefined}
        data-testid="time-input"
        {...hooks}
        onChange={(event) => set(event.target.value)}
      />
      <DeliveryWarning deliveryKey={key} />
    </>
  );
}

type Kind = {
  readonly control: string;
  readonly member: string;
  /** From the control's text to Slack's value, and back. */
  read(entered: string): string | number;
  write(value: unknown): string;
};

const kinds = {
  datepicker: { control: 'date', member: 'selected_date', read: (entered) => entered, write: String },
  timepicker: { control: 'time', member: 'selected_time', read: (entered) => entered, write: String },
  datetimepicker: {
    control: 'datetime-local',
    member: 'selected_date_time',
    read: (entered) => Math.floor(new Date(entered).getTime() / 1000),
    write: localMinute,
  },
} satisfies Record<string, Kind> as Record<string, Kind> & { datepicker: Kind };

function localMinute(seconds: unknown): string {
  const milliseconds = Number(seconds) * 1000;
  const offset = new Date(milliseconds).getTimezoneOffset() * minuteMilliseconds;
  return new Date(milliseconds - offset).toISOString().slice(0, 16);
}

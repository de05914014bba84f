import type { Fault, NewFault, StandinState } from '../../../standin-types.ts';
import { api } from '../api.ts';
import { Icon } from '../icons.tsx';
import { useAttempt } from '../use-attempt.ts';
import { describeFault } from './fault-kinds.ts';

const outages: readonly { label: string; fault: NewFault }[] = [
  { label: 'Slack is down', fault: { kind: 'http', status: 503, method: '*' } },
  { label: 'Rate limited', fault: { kind: 'ratelimited', retry_after: 5, method: 'chat.postMessage' } },
  { label: 'Updates get lost', fault: { kind: 'lose', method: 'chat.update' } },
  { label: 'Clicks arrive 3 times', fault: { kind: 'duplicate_clicks', times: 3 } },
];

/** Faults that are on, and buttons for the usual ones. */
export function FaultList({ standin }: { standin: StandinState }) {
  const { attempt, problem } = useAttempt();
  const nameOf = (id: string) =>
    standin.channels.find((channel) => channel.id === id)?.name ?? id.replace(/^#/, '');
  return (
    <>
      <div className="presets">
        {outages.map(({ label, fault }) => (
          <button
            key={label}
            type="button"
            className="button"
            onClick={() => attempt(() => api.setFault(fault))}
          >
            {label}
          </button>
        ))}
      </div>
      {problem === null ? null : <p className="problem">{problem}</p>}
      {standin.faults.length === 0 ? <p className="hint">No fault is on: everything works.</p> : null}
      {standin.faults.map((fault) => (
        <FaultRow
          key={fault.id}
          fault={fault}
          text={describeFault(fault, nameOf)}
          onClear={() => attempt(() => api.clearFaults(fault.id))}
        />
      ))}
      {standin.faults.length === 0 ? null : (
        <button
          type="button"
          className="button button-danger"
          data-testid="faults-clear"
          onClick={() => attempt(() => api.clearFaults())}
        >
          Clear all
        </button>
      )}
    </>
  );
}

function FaultRow({ fault, text, onClear }: { fault: Fault; text: string; onClear: () => void }) {
  return (
    <div className="fault" data-testid="fault" data-kind={fault.kind}>
      <Icon name="bolt" />
      <span className="fault-text">{text}</span>
      <button type="button" className="icon-button" aria-label="Clear this fault" onClick={onClear}>
        <Icon name="close" />
      </button>
    </div>
  );
}

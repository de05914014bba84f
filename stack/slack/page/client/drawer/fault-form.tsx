import { type FormEvent, useState } from 'react';
import { api } from '../api.ts';
import { useDirectory } from '../context.ts';
import { useAttempt } from '../use-attempt.ts';
import { type FaultDraft, type FaultKindName, faultOf, formOf, kindForms, methods } from './fault-kinds.ts';

const untouched: FaultDraft = { kind: 'http', parameter: '503', method: '*', channel: '', remaining: '' };

export function FaultForm() {
  const { channels } = useDirectory();
  const { attempt, problem } = useAttempt();
  const [draft, setDraft] = useState(untouched);
  const { parameter } = formOf(draft.kind);
  const set = (change: Partial<FaultDraft>) => setDraft((before) => ({ ...before, ...change }));

  async function add(event: FormEvent): Promise<void> {
    event.preventDefault();
    await attempt(() => api.setFault(faultOf(draft)));
  }

  return (
    <form className="fault-form" onSubmit={(event) => void add(event)} data-testid="fault-form">
      <label className="fault-kind">
        What happens
        <select
          className="input input-select"
          data-testid="fault-kind"
          value={draft.kind}
          onChange={(event) => {
            const kind = event.target.value as FaultKindName;
            set({ kind, parameter: formOf(kind).parameter?.initial ?? '' });
          }}
        >
          {kindForms.map((form) => (
            <option key={form.kind} value={form.kind}>
              {form.label}
            </option>
          ))}
        </select>
      </label>
      {parameter === undefined ? null : (
        <label>
          {parameter.label}
          <input
            className="input"
            required
            data-testid="fault-parameter"
            type={parameter.numeric ? 'number' : 'text'}
            value={draft.parameter}
            onChange={(event) => set({ parameter: event.target.value })}
          />
        </label>
      )}
      {draft.kind === 'duplicate_clicks' ? null : (
        <>
          <label>
            Method
            <select
              className="input input-select"
              data-testid="fault-method"
              value={draft.method}
              onChange={(event) => set({ method: event.target.value })}
            >
              {methods.map((method) => (
                <option key={method} value={method}>
                  {method === '*' ? 'every call' : method}
                </option>
              ))}
            </select>
          </label>
          <label>
            Channel
            <select
              className="input input-select"
              data-testid="fault-channel"
              value={draft.channel}
              onChange={(event) => set({ channel: event.target.value })}
            >
              <option value="">all</option>
              {channels.map(({ id, name }) => (
                <option key={id} value={id}>{`#${name}`}</option>
              ))}
            </select>
          </label>
        </>
      )}
      <label>
        How often
        <input
          className="input"
          type="number"
          min={1}
          placeholder="until cleared"
          data-testid="fault-remaining"
          value={draft.remaining}
          onChange={(event) => set({ remaining: event.target.value })}
        />
      </label>
      <button type="submit" className="button button-filled button-primary" data-testid="fault-add">
        Add fault
      </button>
      {problem === null ? null : (
        <p className="problem" role="alert">
          {problem}
        </p>
      )}
    </form>
  );
}

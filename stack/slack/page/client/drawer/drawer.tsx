import { useState } from 'react';
import type { StandinState } from '../../../standin-types.ts';
import { useDispatch } from '../context.ts';
import { Icon } from '../icons.tsx';
import { CallLog } from './call-log.tsx';
import { FaultForm } from './fault-form.tsx';
import { FaultList } from './fault-list.tsx';

/** Where a person plays an outage of Slack, and sees what the app makes of it. */
export function Drawer({ standin }: { standin: StandinState }) {
  const dispatch = useDispatch();
  const [tab, setTab] = useState<'faults' | 'calls'>('faults');
  const tabButton = (name: typeof tab, label: string) => (
    <button
      type="button"
      role="tab"
      aria-selected={tab === name}
      className={tab === name ? 'tab tab-current' : 'tab'}
      data-testid={`tab-${name}`}
      onClick={() => setTab(name)}
    >
      {label}
    </button>
  );
  return (
    <section className="drawer" aria-label="Faults and calls" data-testid="drawer">
      <header className="drawer-head">
        <div role="tablist" className="tabs">
          {tabButton('faults', 'Faults')}
          {tabButton('calls', 'API calls')}
        </div>
        <button
          type="button"
          className="icon-button"
          aria-label="Close"
          onClick={() => dispatch({ type: 'drawer', open: false })}
        >
          <Icon name="close" />
        </button>
      </header>
      <div className="drawer-body">
        {tab === 'calls' ? (
          <CallLog standin={standin} />
        ) : (
          <>
            <FaultList standin={standin} />
            <h3 className="drawer-title">Another fault</h3>
            <FaultForm />
          </>
        )}
      </div>
    </section>
  );
}

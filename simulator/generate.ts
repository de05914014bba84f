import { type Traffic, traffic } from './build-traffic.ts';
import type { GenerateOptions } from './generate-options.ts';
import type { Order } from './lifecycle/order.ts';
import { render } from './lifecycle/render.ts';
import type { PoisonRecord } from './poison/poison-record.ts';
import type { SimulatedRecord } from './record.ts';
import type { Emit } from './scenarios/scenario-source.ts';
import { SendQueue } from './timing/send-queue.ts';

type Pending = Order | PoisonRecord;

/**
 * All records of a run in the order of sending. Pure: no clock, no I/O; a run without `events` and `duration` never ends.
 * Stopped runs leave orders under way, as any moment of a real day would.
 *
 * @throws {RangeError} when an option makes no sense
 */
export function generate(options: GenerateOptions): Iterable<SimulatedRecord> {
  return records(options, traffic(options));
}

/** As {@link generate}, over traffic that was built before (its catalogue is needed ahead of the first record). */
export function* records(options: GenerateOptions, { arrivals }: Traffic): Iterable<SimulatedRecord> {
  const queue = new SendQueue<Pending>();
  const emit: Emit = {
    order: (order) => pushNext(queue, order),
    poison: (record, at) => queue.push(at, record),
  };
  const end = options.start + (options.duration ?? Number.POSITIVE_INFINITY);
  const limit = options.events ?? Number.POSITIVE_INFINITY;
  for (let made = 0; made < limit; made++) {
    while (arrivals.nextAt <= queue.nextAt && arrivals.nextAt < end) arrivals.produce(emit);
    const at = queue.nextAt;
    if (!(at < end)) return;
    const pending = queue.pop() as Pending;
    if ('steps' in pending) yield orderRecord(queue, pending, at);
    else {
      const { value, key } = pending;
      yield {
        kind: 'poison',
        topic: 'orders',
        key: key ?? null,
        value,
        at,
        scenario: 'poison',
        poison: pending,
      };
    }
  }
}

function pushNext(queue: SendQueue<Pending>, order: Order): void {
  const step = order.steps[order.cursor];
  if (step !== undefined) queue.push(step.at, order);
}

function orderRecord(queue: SendQueue<Pending>, order: Order, at: number): SimulatedRecord {
  const step = order.steps[order.cursor++];
  if (step === undefined) throw new Error(`order ${order.id} was queued without a step to send`);
  pushNext(queue, order);
  return {
    kind: 'event',
    topic: 'orders',
    key: order.id,
    value: render(order, step),
    at,
    scenario: order.scenario,
    order,
    step,
  };
}

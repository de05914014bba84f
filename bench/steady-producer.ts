import kafkajs from 'kafkajs';
import { generate } from '../simulator/generate.ts';

/** Kept out, so that the latency starts with the timestamp of the record, set when it is really sent. */
const PRODUCED_AT = /"event_produced_at":"[^"]*",?/;
const TICK_MS = 10;

export interface SteadyLoad {
  brokers: string;
  topic: string;
  perSecond: number;
  seconds: number;
  seed: string;
}

/** Sends simulated orders of several thousand products at an even rate; each leaves within a tick of its time. */
export async function sendSteadily(load: SteadyLoad): Promise<void> {
  const total = load.perSecond * load.seconds;
  const records = generate({
    seed: load.seed,
    run: `steady${load.seed}`,
    scenarios: ['normal'],
    start: Date.now(),
    density: load.perSecond,
    events: total,
    background: true,
    daily: false,
    timeZone: 'UTC',
    locale: 'en',
  });
  const messages = [...records].map(({ key, value }) => ({
    key,
    value: (value?.toString() ?? '').replace(PRODUCED_AT, ''),
  }));
  const kafka = new kafkajs.Kafka({ brokers: load.brokers.split(','), logLevel: kafkajs.logLevel.NOTHING });
  const producer = kafka.producer({
    allowAutoTopicCreation: false,
    createPartitioner: kafkajs.Partitioners.DefaultPartitioner,
  });
  await producer.connect();
  try {
    const started = performance.now();
    const sends: Promise<unknown>[] = [];
    for (let sent = 0; sent < messages.length; ) {
      const due = Math.min(
        messages.length,
        Math.ceil(((performance.now() - started) / 1000) * load.perSecond),
      );
      if (due > sent) sends.push(producer.send({ topic: load.topic, messages: messages.slice(sent, due) }));
      sent = Math.max(sent, due);
      await new Promise((resolve) => setTimeout(resolve, TICK_MS));
    }
    await Promise.all(sends);
  } finally {
    await producer.disconnect();
  }
}

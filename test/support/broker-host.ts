import { type EmbeddedKafkaOptions, startEmbeddedKafka } from '../../stack/kafka/start.ts';

// A supervisor to be killed by a test: starts the broker described by its argument and prints the broker's pid.
const kafka = await startEmbeddedKafka(JSON.parse(process.argv[2] ?? '') as EmbeddedKafkaOptions);
process.stdout.write(`${kafka.pid}\n`);

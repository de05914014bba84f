export const HELP = `npm run simulate -- [options]      sends order traffic to the topic "orders"

What
  --scenario LIST      normal | mixed (default) | validation | out-of-stock | user-burst | product-burst | poison |
                       late-events | duplicates | late-orders; several with commas. Each comes on top of normal
                       traffic: mixed is a little of all (8 % of the records), one by name is a quarter of them.
  --no-background      only the scenarios, without the normal traffic around them
  --users N            customers (20000)
  --products N         products (3000, or more when traffic is dense: so many that the product-burst rule, 4 orders of
                       a product within a second, holds well under 1 % of normal orders)
  --compress X         lives of orders go X times faster than real (a real one takes a day); default: so that all
                       stages are seen within an eighth of the run, or 6 minutes of an endless one; 1: real

How fast
  --rate N             records a second, on average over the run (20); the hours of the day move traffic around it
  --rate max           as fast as it goes, without pacing. Event time then advances by 1/50 s a record, whatever the
                       real rate, so that a million records are 5.6 hours of traffic as dense as at --rate 50: rules
                       about seconds still see a real density. --speed changes it (below).
  --speed X            simulated seconds a real second (1). With --rate N, event time has N/X records a second. With
                       --rate max it has 50000/X (default 1000, so 50): --speed 1 packs 50,000 records into each second.
  --flat               no hours of the day

How long
  --events N           stop after N records
  --duration D         stop after D of simulated time, e.g. 90s, 10m, 2h, 3d (10m when nothing else is said)
  --forever            until Ctrl-C

When
  --start ISO|now      simulated time of the first record. Default: now at speed 1; otherwise so that the run ends now,
                       or, with --forever, 30 days ago: it goes on in real time once it has caught up.

Repeatable
  --seed N             same seed, run and options: the same records, byte for byte (default 1)
  --run-id NAME        begins every order_id (default: a new one each time)

Result
  --verify             compare with the database afterwards; exit status 1 when it surely differs
  --json               print the result as one line of JSON instead of a table
  --quiet              no progress
  --dry-run            generate and count, send nothing
  --gzip               compress batches
  --format avro        order events as Avro, with the schema registry of HOLDFAST_SCHEMA_REGISTRY_URL; poison stays as it is
  --help

Brokers, topic names, database, time zone and language come from the environment: KAFKA_BROKERS, KAFKA_TOPIC_PREFIX,
DATABASE_URL, HOLDFAST_TZ, HOLDFAST_LOCALE (ko, en). Without them those of "npm start" on this machine are used.
Ctrl-C stops, sends what is under way and says what was sent.
`;

export const HELP = `npm run replay -- --data DIR [options]      publishes a history of orders from CSV files to Kafka

What
  --data DIR           folder with the files: docs/replay.md says where to get them
  --sample             a made-up history of 2,000 orders instead, generated into the data folder of Holdfast
  --format NAME        format of the files (olist)
  --from DATE          only orders bought on this day or later, such as 2017-01-01
  --until DATE         nothing that happened on this day or later; the replay can be taken further afterwards
  --utc-offset HH:MM   what the times of the files are ahead of UTC, such as -03:00 (what the format says)
  --opening-stock N    every product begins with N pieces (stock is not tracked)

How fast
  --speed X            simulated seconds a real second (3600: an hour a second), or max
  --paused             waits to be resumed before the first event

Output
  --report FILE        where rows with something wrong go, as JSON lines (replay/report.jsonl in the data folder)
  --dry-run            reads everything and reports, without database and Kafka
  --no-wait            does not wait until a processor follows the replay's clock
  --json               the summary as JSON on stdout
  --quiet              no progress
  --cache DIR          existing folder for sorting what does not fit into memory (replay/ in the data folder)
  --help, -h

While it runs: space pauses and resumes, + and - change the speed, s steps to the next day, q stops; or over HTTP on
127.0.0.1, port REPLAY_PORT (9465): GET /status, POST /pause, /resume, /speed, /step with HOLDFAST_API_TOKEN. Started
again with the same files and --from, it goes on where it was, and stores nothing twice.
`;

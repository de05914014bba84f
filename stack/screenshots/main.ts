import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Browser, chromium } from 'playwright-core';
import { sqlText } from '../../grafana/src/parts/query.ts';
import { findExecutable } from '../install/java.mjs';
import { projectRoot } from '../install/paths.mjs';

const HELP = `npm run screenshots -- [--grafana URL] [--slack URL] [--order ID] [--span 1h] [--only NAME]

Takes the pictures in docs/images from a running system: control-tower, one-order, pipeline of Grafana; delivery, sales,
sellers, routes, inventory over all the history there is (after a replay, say); platform, anomalies, forecast where a
delivery platform has been heard of; and slack-page of the stand-in for Slack, with its newest thread open. Signs in to Grafana as admin with GRAFANA_ADMIN_PASSWORD where it is
set. Without --order, the one that has waited longest. Needs Chromium (CHROMIUM names it where it is not on the PATH).
`;

const { values } = parseArgs({
  options: {
    grafana: { type: 'string', default: 'http://127.0.0.1:3000' },
    slack: { type: 'string', default: 'http://127.0.0.1:3401' },
    order: { type: 'string' },
    only: { type: 'string' },
    span: { type: 'string', default: '1h' },
    help: { type: 'boolean' },
  },
});

interface Picture {
  readonly name: string;
  readonly path: string;
  readonly height: number;
}

const password = process.env.GRAFANA_ADMIN_PASSWORD;
const headers: Record<string, string> =
  password === undefined
    ? {}
    : { Authorization: `Basic ${Buffer.from(`admin:${password}`).toString('base64')}` };

/** What the database says first, asked by way of Grafana. @throws when Grafana does not answer */
async function firstValue(rawSql: string): Promise<string | undefined> {
  const query = { refId: 'A', datasource: { uid: 'holdfast-timescaledb' }, format: 'table', rawSql };
  const response = await fetch(`${values.grafana}/api/ds/query`, {
    method: 'POST',
    headers: { ...headers, 'Content-Type': 'application/json' },
    body: JSON.stringify({ queries: [query], from: 'now-1h', to: 'now' }),
  });
  if (!response.ok) throw new Error(`${values.grafana} answers ${response.status}: ${await response.text()}`);
  const body = (await response.json()) as {
    results: { A: { frames?: { data: { values: string[][] } }[] } };
  };
  return body.results.A.frames?.[0]?.data.values[0]?.[0];
}

/** The order that the control tower would name first. @throws when there is none, or Grafana does not answer */
async function worstOrder(): Promise<string> {
  const found = await firstValue(
    `SELECT order_id FROM holds_masked WHERE status = 'OPEN' ORDER BY opened_at LIMIT 1`,
  );
  if (found === undefined) throw new Error('no order is held: name one with --order');
  return found;
}

/** Boards that are looked at over years, with their height in pixels. */
const HISTORIES = { delivery: 1850, sales: 1250, sellers: 1450, routes: 1500, inventory: 1250 } as const;

const DAY_MS = 86_400_000;

/** Boards of a delivery platform: pixels, and days before and after the time up to which it was watched. */
const PLATFORM = {
  platform: { height: 2000, days: 1, ahead: 0 },
  anomalies: { height: 2150, days: 0.5, ahead: 0 },
  forecast: { height: 2050, days: 4, ahead: 1 },
} as const;

async function takeHistories(browser: Browser): Promise<void> {
  const wanted = Object.entries(HISTORIES).filter(([name]) => [undefined, name].includes(values.only));
  if (wanted.length === 0) return;
  const from = await firstValue(sqlText('variables/history-from'));
  const to = await firstValue(sqlText('variables/history-to'));
  for (const [name, height] of wanted)
    await take(browser, { name, path: `/d/holdfast-${name}?from=${from}&to=${to}&kiosk`, height });
}

async function takePlatform(browser: Browser): Promise<void> {
  const wanted = Object.entries(PLATFORM).filter(([name]) => [undefined, name].includes(values.only));
  if (wanted.length === 0) return;
  const judgedTo = await firstValue('SELECT extract(epoch FROM observed_to) * 1000 FROM detection_progress');
  if (judgedTo === undefined) return;
  for (const [name, { height, days, ahead }] of wanted) {
    const from = Math.round(Number(judgedTo) - days * DAY_MS);
    const to = Math.round(Number(judgedTo) + ahead * DAY_MS);
    const incident = name === 'anomalies' ? `&var-incident=${await busiestIncident(from, to)}` : '';
    await take(browser, { name, path: `/d/holdfast-${name}?from=${from}&to=${to}${incident}&kiosk`, height });
  }
}

/** The incident that most was done about, of those that began between two times; empty: there is none. */
async function busiestIncident(from: number, to: number): Promise<string> {
  const found = await firstValue(
    `SELECT incident_id FROM incidents
     WHERE opened_at BETWEEN to_timestamp(${from / 1000}) AND to_timestamp(${to / 1000})
     ORDER BY (SELECT count(*) FROM actions_masked a WHERE a.incident_id = incidents.incident_id) DESC, opened_at DESC LIMIT 1`,
  );
  return found ?? '';
}

async function take(browser: Browser, picture: Picture): Promise<void> {
  const page = await browser.newPage({
    viewport: { width: 1500, height: picture.height },
    extraHTTPHeaders: headers,
  });
  await page.goto(`${values.grafana}${picture.path}`, { waitUntil: 'domcontentloaded' });
  // Boards refresh and never fall quite silent; a panel that still loads has a bar at its top.
  await page.waitForSelector('[data-viz-panel-key]', { timeout: 60_000 });
  await page.waitForFunction('document.querySelector(\'[aria-label="Panel loading bar"]\') === null');
  await page.waitForTimeout(1500);
  await page.screenshot({ path: pathOf(picture.name) });
  await page.close();
}

/** The stand-in's channel, scrolled to the newest message that has a thread, with that thread open. */
async function takeSlackPage(browser: Browser): Promise<void> {
  const page = await browser.newPage({ viewport: { width: 1400, height: 900 }, colorScheme: 'light' });
  await page.goto(values.slack, { waitUntil: 'domcontentloaded' });
  await page.waitForSelector('[data-testid="message"]', { timeout: 60_000 });
  const threads = page.getByTestId('replies');
  if ((await threads.count()) > 0) await threads.last().click();
  await page.waitForTimeout(1000);
  await page.screenshot({ path: pathOf('slack-page') });
  await page.close();
}

function pathOf(name: string): string {
  const path = join(projectRoot, 'docs', 'images', `${name}.png`);
  process.stdout.write(`${path}\n`);
  return path;
}

async function takeBoards(browser: Browser): Promise<void> {
  const range = `from=now-${values.span}&to=now&kiosk`;
  if ([...Object.keys(HISTORIES), ...Object.keys(PLATFORM)].includes(values.only ?? '')) return;
  const order = encodeURIComponent(values.order ?? (await worstOrder()));
  const pictures: Picture[] = [
    { name: 'control-tower', path: `/d/holdfast-control-tower?${range}`, height: 1330 },
    { name: 'one-order', path: `/d/holdfast-order?var-order_id=${order}&${range}`, height: 1180 },
    { name: 'pipeline', path: `/d/holdfast-pipeline?${range}`, height: 1180 },
  ];
  for (const picture of pictures)
    if (values.only === undefined || values.only === picture.name) await take(browser, picture);
}

async function main(): Promise<void> {
  const executablePath =
    process.env.CHROMIUM ?? findExecutable('chromium') ?? findExecutable('google-chrome');
  if (executablePath === undefined)
    throw new Error('no Chromium on the PATH: install it, or name it in CHROMIUM');
  await mkdir(join(projectRoot, 'docs', 'images'), { recursive: true });
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  try {
    if (values.only !== 'slack-page') await takeBoards(browser);
    await takeHistories(browser);
    await takePlatform(browser);
    if (values.only === undefined || values.only === 'slack-page') await takeSlackPage(browser);
  } finally {
    await browser.close();
  }
}

if (values.help) process.stdout.write(HELP);
else
  await main().catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  });

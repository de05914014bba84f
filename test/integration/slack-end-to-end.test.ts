import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Database } from '../../platform/database/database.ts';
import { type AlertbotProcesses, alertbotProcesses } from '../support/alertbot-process.ts';
import { findBrowser, openBrowser, openPage } from '../support/browser.ts';
import { freshDatabase } from '../support/database.ts';
import { eventually } from '../support/eventually.ts';
import { freshTopicPrefix, kafkaBrokers } from '../support/kafka.ts';
import { consume, countRecords, createLenientTopic, produce } from '../support/kafka-client.ts';
import { processorDatabase } from '../support/orders-processor.ts';
import { type ProcessorProcess, startReadyProcessor } from '../support/processor-process.ts';
import { differencesInSlack, untilAllIsSaid } from '../support/slack-tells-all.ts';

const browserPath = findBrowser();
const where = browserPath === null ? ' (skipped: no Chromium here; CHROMIUM_PATH names one)' : '';
const ORDERS = 6;
const NOTE = 'called the customer: a wedding';
const PATIENCE = { timeout: 60_000 };

/** Orders of one user and product, a second apart, the last one just now. */
function burst(prefix: string): Record<string, unknown>[] {
  const last = Date.now() - 1000;
  return Array.from({ length: ORDERS }, (_, i) => ({
    order_id: `${prefix}-${i + 1}`,
    event_type: 'ORDER_CREATED',
    current_status: 'PAID',
    occurred_at: new Date(last - (ORDERS - 1 - i) * 1000).toISOString(),
    user_id: 'user-71',
    product_id: 'p-champagne',
    product_name: 'Champagne glasses, set of 6',
    shipping_address: '12 Long Street, Seoul',
    region: 'seoul',
    quantity: 2,
    amount: 129_000,
    currency: 'KRW',
  }));
}

describe.skipIf(browserPath === null)(`from an order in Kafka to a click in Slack and back${where}`, () => {
  const undo: (() => Promise<void>)[] = [];
  const cleanUp = (step: () => Promise<void>) => void undo.push(step);
  const brokers = kafkaBrokers();
  const topics = freshTopicPrefix();
  let database: Database;
  let slack: AlertbotProcesses;
  let processor: ProcessorProcess;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    const { url } = await freshDatabase();
    database = processorDatabase(url);
    await createLenientTopic(brokers, `${topics}orders`, 2);
    slack = await alertbotProcesses({ databaseUrl: url, cleanUp });
    [processor, browser] = await Promise.all([
      startReadyProcessor(
        {
          DATABASE_URL: url,
          KAFKA_BROKERS: brokers,
          KAFKA_TOPIC_PREFIX: topics,
          KAFKA_GROUP_ID: `${topics}group`,
        },
        cleanUp,
      ),
      openBrowser(browserPath ?? ''),
      slack.startReady(),
    ]);
    cleanUp(() => browser.close());
    page = await openPage(browser);
  });
  afterAll(async () => {
    for (const step of undo.toReversed()) await step();
  });

  async function orders(): Promise<string[]> {
    const { rows } = await database.query<{ line: string }>(
      `SELECT concat_ws(' ', o.current_status, h.status, a.status, a.ops_operator) AS line
       FROM orders_current o JOIN holds h USING (order_id) JOIN alerts a USING (hold_id) ORDER BY o.order_id`,
    );
    return rows.map(({ line }) => line);
  }
  const untilOrdersAre = (line: string) =>
    eventually(
      `all orders to be ${line}`,
      async () => {
        const lines = await orders();
        if (lines.length === ORDERS && lines.every((one) => one === line)) return true;
        throw new Error(JSON.stringify(lines));
      },
      { explain: () => `${processor.log()}\n${slack.current.log()}` },
    );

  test('a burst is held, acknowledged and released with clicks, and everybody can see who did it', async () => {
    await page.goto(slack.standin.url);
    await page.locator('[data-testid=connection][data-state=live]').waitFor();
    await page.locator('[data-testid=act-as][data-user=U0KIM]').click();
    await produce(
      brokers,
      `${topics}orders`,
      burst('wedding').map((order) => ({ key: String(order.order_id), value: JSON.stringify(order) })),
    );
    const message = page
      .getByTestId('message')
      .filter({ hasText: `${ORDERS} × held orders (one user orders the same product again and again)` });
    await message.waitFor(PATIENCE);
    await untilOrdersAre('HOLD OPEN OPEN');

    await message.locator('[data-action-id=group_ack]').click();
    await untilOrdersAre('HOLD OPEN ACK kim');
    await message.getByText(`ACK ${ORDERS}`).waitFor(PATIENCE);
    await message.locator('[data-action-id=group_ack]').waitFor({ ...PATIENCE, state: 'detached' });
    await screenshot('acknowledged');

    await page.locator('[data-testid=act-as][data-user=U0LEE]').click();
    await message.locator('[data-action-id=group_resolve]').click();
    const modal = page.getByTestId('modal');
    await modal.locator('input[type=radio][value=release]').check(PATIENCE);
    await modal.locator('select[data-block-id=resolve_cause]').selectOption('false_positive');
    await modal.locator('textarea[data-block-id=resolve_note]').fill(NOTE);
    await screenshot('dialog');
    await modal.getByTestId('modal-submit').click();
    await modal.waitFor({ ...PATIENCE, state: 'detached' });
    await untilOrdersAre('PAID CLEARED RESOLVED lee');
    await message.getByText(`RESOLVED ${ORDERS}`).waitFor(PATIENCE);

    await message.getByTestId('replies').click();
    const thread = page.getByTestId('thread');
    await thread.getByText(NOTE).first().waitFor(PATIENCE);
    await untilAllIsSaid(database, slack.current.log);
    expect(await differencesInSlack(database, slack)).toEqual([]);
    const told = await thread.textContent();
    expect(told).toMatch(/ACK.*6 alerts.*김민지/);
    expect(told).toMatch(new RegExp(`RESOLVE.*6 alerts.*이준호.*${NOTE}`));
    await eventually('what was decided to be published', async () => {
      const cleared = (await published()).filter(({ event_type }) => event_type === 'HOLD_CLEARED');
      return cleared.length >= ORDERS && cleared.every(({ decided_by }) => decided_by === 'lee');
    });
    await eventually('the decision among the events of each order', async () => {
      const { rowCount } = await database.query(
        `SELECT DISTINCT order_id FROM events WHERE event_type = 'HOLD_CLEARED'`,
      );
      return rowCount === ORDERS;
    });
    await screenshot('released');
  }, 240_000);

  async function published(): Promise<Record<string, unknown>[]> {
    const topic = `${topics}holds`;
    const records = await consume(brokers, topic, await countRecords(brokers, topic));
    return records.map(({ value }) => JSON.parse(String(value)));
  }

  /** For whoever wants to look: TEST_SCREENSHOTS names a folder. */
  async function screenshot(name: string): Promise<void> {
    const folder = process.env.TEST_SCREENSHOTS;
    if (folder) await page.screenshot({ path: `${folder}/slack-${name}.png` });
  }
});

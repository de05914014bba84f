import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type SlackStandin, startSlackStandin } from '../../stack/slack/start.ts';
import { findBrowser, openBrowser, openPage } from '../support/browser.ts';
import { eventually } from '../support/eventually.ts';
import { alertBlocks, startPageApp } from '../support/slack-page-app.ts';

const browserPath = findBrowser();
const secrets = { botToken: 'xoxb-page-test', signingSecret: 'page-test' };
const channel = 'C0HOLDFAST';
const where = browserPath === null ? ' (skipped: no Chromium here; CHROMIUM_PATH names one)' : '';

describe.skipIf(browserPath === null)(`the page of the Slack stand-in${where}`, () => {
  let standin: SlackStandin;
  let app: Awaited<ReturnType<typeof startPageApp>>;
  let browser: Browser;
  let page: Page;
  let problems: string[];

  beforeAll(async () => {
    standin = await startSlackStandin({ port: 0, ...secrets, postBurst: 1000 });
    app = await startPageApp(standin, secrets);
    browser = await openBrowser(browserPath ?? '');
  });
  afterAll(async () => {
    await browser?.close();
    await app?.stop();
    await standin?.stop();
  });

  beforeEach(async () => {
    standin.reset();
    problems = [];
    page = await openPage(browser);
    page.on('pageerror', (error) => problems.push(error.message));
    page.on('request', (request) => {
      if (!request.url().startsWith(standin.url)) problems.push(`asked for ${request.url()}`);
    });
    await page.goto(standin.url);
    await page.locator('[data-testid=connection][data-state=live]').waitFor();
  });
  afterEach(async () => {
    await page.close();
    expect(problems).toEqual([]);
  });

  async function postAlert(): Promise<string> {
    const posted = await app.client.chat.postMessage({
      channel,
      text: ':rotating_light: <!subteam^S0OPS> critical',
      attachments: [{ color: '#e01e5a', fallback: 'critical', blocks: alertBlocks }],
    });
    await page.locator(`[data-testid=message][data-ts="${posted.ts}"]`).waitFor();
    return String(posted.ts);
  }
  const element = (actionId: string) => page.locator(`[data-block-id=alert][data-action-id=${actionId}]`);
  const heard = (what: string) => eventually(`the app to hear ${what}`, () => app.heard.includes(what));

  test('shows an alert with its colour, and its buttons reach the app', async () => {
    await postAlert();
    const bar = page.getByTestId('attachment').locator('.attachment-bar');
    expect(await bar.evaluate((node) => node.getAttribute('style'))).toContain('rgb(224, 30, 90)');
    expect(await page.locator('.mention-own').textContent()).toBe('@ops');
    await element('ack').click();
    await heard('U0KIM: ack 17');
    await element('more').click();
    await page.locator('[data-testid=overflow-option][data-value=evidence]').click();
    await heard('U0KIM: more evidence');
  });

  test('asks before a button with a confirm, and shows what the app says in the thread', async () => {
    await postAlert();
    const before = app.heard.length;
    await element('retry').click();
    await page.getByTestId('confirm-deny').click();
    await page.getByTestId('confirm').waitFor({ state: 'detached' });
    expect(app.heard).toHaveLength(before);
    await element('retry').click();
    await page.getByTestId('confirm-yes').click();
    await page.getByTestId('replies').click();
    await page.getByTestId('thread').getByText('Retried: released').waitFor();
    await page.getByTestId('thread-composer').fill('thanks @lee');
    await page.keyboard.press('Enter');
    await page.getByTestId('thread').getByText('2 replies').waitFor();
    expect(standin.state().messages.at(-1)).toMatchObject({ user: 'U0KIM', text: 'thanks <@U0LEE>' });
  });

  test('a modal shows errors at their fields, closes when it is right, and tells of being closed', async () => {
    await postAlert();
    await element('resolve').click();
    const modal = page.getByTestId('modal');
    const error = (block: string) => modal.locator(`[data-testid=field-error][data-block-id=${block}]`);
    await page.getByTestId('modal-submit').click();
    expect(await error('cause').textContent()).toBe('Please complete this required field.');
    await modal.locator('select[data-block-id=cause]').selectOption('fraud');
    await page.getByTestId('modal-submit').click();
    await error('note').getByText('Say what was done.').waitFor();
    expect(await error('cause').count()).toBe(0);
    await modal.locator('textarea[data-block-id=note]').fill('two\nlines');
    await page.getByTestId('modal-submit').click();
    await modal.waitFor({ state: 'detached' });
    await heard('U0KIM: resolve fraud two\nlines');

    await element('resolve').click();
    await modal.waitFor();
    await page.keyboard.press('Escape');
    await modal.waitFor({ state: 'detached' });
    await heard('U0KIM: closed');
  });

  test('what is ephemeral is seen by one person, and can be dismissed', async () => {
    await postAlert();
    await page.locator('[data-testid=act-as][data-user=U0PARK]').click();
    await element('ack').click();
    await page.getByTestId('ephemeral').waitFor();
    expect(await page.getByTestId('ephemeral').textContent()).toContain('Only visible to you');
    await page.locator('[data-testid=act-as][data-user=U0LEE]').click();
    await page.getByTestId('ephemeral').waitFor({ state: 'detached' });
    await page.locator('[data-testid=act-as][data-user=U0PARK]').click();
    await page.getByTestId('dismiss').click();
    await page.getByTestId('ephemeral').waitFor({ state: 'detached' });
    await heard('U0PARK: ack 17');
  });

  test('sends slash commands and messages', async () => {
    await page.getByTestId('composer').fill('/holdfast open now');
    await page.keyboard.press('Enter');
    await page.getByTestId('ephemeral').getByText('3 are open').waitFor();
    await heard('U0KIM: /holdfast open now');
    await page.getByTestId('composer').fill('a < b & <!channel>');
    await page.getByTestId('send').click();
    await page.getByTestId('message').getByText('a < b & <!channel>').waitFor();
    expect(standin.state().messages.at(-1)?.mentions).toEqual([]);
  });

  test('shows hostile text as text', async () => {
    const text =
      '<script>document.title="x"</script> &lt;!channel&gt; <javascript:alert(1)|click> <img src=x onerror=alert(1)>';
    await app.client.chat.postMessage({ channel, text });
    const body = page.getByTestId('message-body');
    await body.waitFor();
    expect(await body.textContent()).toBe(text.replace('&lt;', '<').replace('&gt;', '>'));
    expect(await body.locator('a, img, script, .mention').count()).toBe(0);
  });

  test('follows updates and deletions, and marks what is unread', async () => {
    const ts = await postAlert();
    const message = page.locator(`[data-ts="${ts}"]`);
    await app.client.chat.update({ channel, ts, text: 'resolved', attachments: [] });
    await message.getByText('(edited)').waitFor();
    await app.client.chat.postMessage({ channel: 'C0SRE', text: '<@U0KIM> look' });
    const row = page.locator('[data-testid=channel-row][data-channel=C0SRE]');
    await row.getByText('1', { exact: true }).waitFor();
    await message.hover();
    await message.getByTestId('delete').click();
    await message.waitFor({ state: 'detached' });
    await row.click();
    await page.getByText('@김민지 look').waitFor();
    expect(await row.getAttribute('data-unread')).toBe('false');
  });

  test('shows the App Home of the person who looks', async () => {
    await page.getByTestId('app-home').click();
    await page.getByTestId('home').getByText('Open alerts of @김민지').waitFor();
    await page.locator('[data-testid=act-as][data-user=U0LEE]').click();
    await page.getByTestId('home').getByText('Open alerts of @이준호').waitFor();
  });

  test('warns beside a button when the app does not answer', async () => {
    await postAlert();
    await element('never').click();
    const warning = page.getByTestId('delivery-warning');
    await warning.waitFor();
    expect(await warning.getAttribute('data-error')).toMatch(/^(operation_timeout|dispatch_failed)$/);
  });

  test('sets and clears faults, and shows what calls made of them', async () => {
    await page.getByTestId('faults-button').click();
    await page.getByTestId('fault-kind').selectOption('error');
    await page.getByTestId('fault-parameter').fill('invalid_auth');
    await page.getByTestId('fault-method').selectOption('chat.postMessage');
    await page.getByTestId('fault-add').click();
    await page.getByTestId('fault').getByText("Slack's error: invalid_auth · chat.postMessage").waitFor();
    await expect(app.client.chat.postMessage({ channel, text: 'x' })).rejects.toThrow('invalid_auth');
    await page.getByTestId('tab-calls').click();
    await page.getByTestId('calls').getByText('invalid_auth').waitFor();
    await page.getByTestId('tab-faults').click();
    await page.getByTestId('faults-clear').click();
    await page.getByTestId('fault').waitFor({ state: 'detached' });
    expect(standin.faults.list()).toEqual([]);
  });

  test('archives a channel, and keeps people from posting there', async () => {
    await page.getByTestId('archive').click();
    await page.getByText('This channel is archived').waitFor();
    expect(await page.getByTestId('composer').count()).toBe(0);
    await expect(app.client.chat.postMessage({ channel, text: 'x' })).rejects.toThrow('is_archived');
    await page.getByTestId('archive').click();
    await page.getByTestId('composer').waitFor();
  });

  test('shows the newest of very many messages, and older ones on request', async () => {
    for (let number = 0; number < 450; number += 1)
      standin.post({ user_id: 'U0LEE', channel, text: `number ${number}` });
    const messages = page.getByTestId('message');
    await messages.getByText('number 449').waitFor();
    expect(await messages.count()).toBe(200);
    await page.getByTestId('show-older').click();
    await messages.getByText('number 50', { exact: true }).waitFor();
    expect(await messages.count()).toBe(400);
  });
});

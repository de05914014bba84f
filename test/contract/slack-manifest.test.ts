import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';

interface Manifest {
  display_information: { name: string; description: string };
  features: { slash_commands: { command: string; url: string; usage_hint: string }[] };
  oauth_config: { scopes: { bot: string[] } };
  settings: {
    event_subscriptions: { request_url: string; bot_events: string[] };
    interactivity: { is_enabled: boolean; request_url: string };
    socket_mode_enabled: boolean;
  };
}

/** Scopes of a bot token that each method we call needs, as its page at docs.slack.dev says. */
const SCOPES: Readonly<Record<string, readonly string[]>> = {
  'auth.test': [],
  'chat.postMessage': ['chat:write'],
  'chat.postEphemeral': ['chat:write'],
  'chat.update': ['chat:write'],
  'chat.delete': ['chat:write'],
  'conversations.history': ['channels:history', 'groups:history'],
  'conversations.replies': ['channels:history', 'groups:history'],
  'conversations.list': ['channels:read', 'groups:read'],
  'usergroups.users.list': ['usergroups:read'],
  'views.open': [],
  'views.update': [],
  'views.publish': [],
};

const manifest = parse(readFileSync('slack-manifest.yml', 'utf8')) as Manifest;
const sources = readdirSync('alertbot', { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
  .map((file) => readFileSync(join('alertbot', file), 'utf8'))
  .join('\n');

describe('slack-manifest.yml', () => {
  it('asks for the scopes that the alertbot needs, and no others', () => {
    const called = [...sources.matchAll(/\bslack\.((?:[a-z]\w*\.)+[a-z]\w*)\(/g)].map((match) =>
      String(match[1]),
    );
    expect(called.length).toBeGreaterThan(5);
    const needed = called.flatMap((method) => {
      if (SCOPES[method] === undefined) throw new Error(`which scopes does ${method} need?`);
      return SCOPES[method];
    });
    expect(manifest.oauth_config.scopes.bot.toSorted()).toEqual(
      [...new Set([...needed, 'commands'])].toSorted(),
    );
  });

  it('asks for the events and the command that the alertbot listens to, and no others', () => {
    const events = [...sources.matchAll(/\bbolt\.event\('([^']+)'/g)].map((match) => match[1]);
    expect(manifest.settings.event_subscriptions.bot_events).toEqual(events);
    const commands = [...sources.matchAll(/\bbolt\.command\('([^']+)'/g)].map((match) => match[1]);
    expect(manifest.features.slash_commands.map(({ command }) => command)).toEqual(commands);
  });

  it('has everything at one address, by HTTP unless somebody decides otherwise', () => {
    const { settings, features } = manifest;
    const urls = [
      settings.event_subscriptions.request_url,
      settings.interactivity.request_url,
      ...features.slash_commands.map(({ url }) => url),
    ];
    expect(urls).toHaveLength(3);
    expect(new Set(urls).size).toBe(1);
    expect(urls[0]).toMatch(/^https:\/\/.*\/slack\/events$/);
    expect(settings.interactivity.is_enabled).toBe(true);
    expect(settings.socket_mode_enabled).toBe(false);
  });

  it('keeps within what Slack takes', () => {
    expect(manifest.display_information.name.length).toBeLessThanOrEqual(35);
    expect(manifest.display_information.description.length).toBeLessThanOrEqual(140);
    for (const { usage_hint } of manifest.features.slash_commands)
      expect(usage_hint.length).toBeLessThanOrEqual(1000);
  });
});

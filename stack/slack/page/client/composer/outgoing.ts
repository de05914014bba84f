import type { Directory } from '../context.ts';

/** What a person typed, as Slack's client sends it: escaped, with `@kim`, `@ops` and `#sre` as mentions. */
export function outgoingText(
  typed: string,
  { users, user_groups, channels }: Pick<Directory, 'users' | 'user_groups' | 'channels'>,
): string {
  const escaped = typed.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
  return escaped.replace(
    /(?<![\p{L}\p{N}_])([@#])([\p{L}\p{N}_.-]*[\p{L}\p{N}_])/gu,
    (whole, sign: string, name: string) => {
      if (sign === '#') {
        const channel = channels.find((candidate) => candidate.name === name);
        return channel === undefined ? whole : `<#${channel.id}>`;
      }
      if (/^(here|channel|everyone)$/.test(name)) return `<!${name}>`;
      const user = users.find((candidate) => candidate.name === name || candidate.real_name === name);
      if (user !== undefined) return `<@${user.id}>`;
      const group = user_groups.find((candidate) => candidate.handle === name);
      return group === undefined ? whole : `<!subteam^${group.id}>`;
    },
  );
}

/** A slash command and what follows it, or null for a message. */
export function slashCommand(typed: string): { command: string; text: string } | null {
  const match = /^(\/[a-z0-9_-]+)(?:\s+([\s\S]*))?$/.exec(typed.trim());
  return match === null ? null : { command: match[1] ?? '', text: match[2] ?? '' };
}

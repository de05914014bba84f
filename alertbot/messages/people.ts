import type { Texts } from '../texts/texts.ts';
import { inline, mention } from './escape.ts';

const NAME = 80;

/** What programs call themselves in the audit. */
const SYSTEM_NAMES: ReadonlySet<string> = new Set(['holdfast', 'auto']);

/** A person as mrkdwn: by a mention where Slack knows them, which shows their present name; else by name. */
export function person(name: string | null, id: string | null, texts: Texts): string | null {
  return mention(id) ?? personName(name, texts);
}

/** By name only, for where nobody is to be mentioned. */
export function personName(name: string | null, texts: Texts): string | null {
  if (name === null || name.trim() === '') return null;
  return SYSTEM_NAMES.has(name) ? texts.system : inline(name, NAME);
}

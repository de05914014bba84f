import type { DatabaseSession } from './database-session.ts';

/** Parameters of a start-up packet that are no settings, or mean nothing here. */
const NOT_SETTINGS = new Set(['user', 'database', 'replication', 'options', 'application_name']);

/** This build starts PostgreSQL with the search path pg_catalog, so resetting is not enough to get the usual one. */
const SEARCH_PATH = '"$user", public';
const RESET = `RESET SESSION AUTHORIZATION; RESET ROLE; RESET ALL; SET search_path TO ${SEARCH_PATH}`;

/** A statement that brings back what is set in the session now; the role comes last, it may not be allowed the rest. */
const CAPTURE = `
  SELECT 'SELECT ' || string_agg(format('set_config(%L, %L, false)', name, value), ', ' ORDER BY place, name)
  FROM (
    SELECT name, current_setting(name) AS value, 0 AS place FROM pg_settings
    WHERE source = 'session' AND (name, setting) <> ('search_path', '${SEARCH_PATH}')
    UNION ALL SELECT 'session_authorization', session_user, 1 WHERE session_user <> 'postgres'
    UNION ALL SELECT 'role', current_setting('role'), 2 WHERE current_setting('role') <> 'none'
  ) settings`;

/**
 * Gives every client of the shared session settings of its own: what one SETs (a role, a time zone, a search path) would
 * otherwise hold for all. The session is switched only when the lock goes to a client whose settings differ, so clients that
 * set nothing, or all the same, pay nothing. Settings are kept as the statement that restores them; '' is none.
 */
export class SessionSettings {
  readonly #session: DatabaseSession;
  readonly #own = new WeakMap<object, string>();
  #active = '';

  constructor(session: DatabaseSession) {
    this.#session = session;
    this.discard();
  }

  /** The settings a client asks for in its start-up packet. */
  begin(owner: object, startup: ReadonlyMap<string, string>): void {
    const settings = [...requestedSettings(startup)];
    if (settings.length === 0) return;
    this.#own.set(
      owner,
      `SELECT ${settings.map(([name, value]) => `set_config(${literal(name)}, ${literal(value)}, false)`).join(', ')}`,
    );
  }

  /**
   * To be called when a client takes the lock, outside of a transaction.
   * @throws {Error} when its settings cannot be restored; none are set then
   */
  restore(owner: object): void {
    const wanted = this.#own.get(owner) ?? '';
    if (wanted === this.#active) return;
    this.#session.execute(RESET);
    this.#active = '';
    if (wanted === '') return;
    this.#session.execute(wanted);
    this.#active = wanted;
  }

  /** To be called before a client that may have changed settings gives the lock back, outside of a transaction. */
  remember(owner: object): void {
    this.#active = this.#session.firstValue(CAPTURE) ?? '';
    this.#own.set(owner, this.#active);
  }

  /** Clears everything a session can hold: settings, statements, temporary tables, session-level advisory locks. */
  discard(): void {
    this.#session.execute('RESET SESSION AUTHORIZATION');
    this.#session.execute('DISCARD ALL');
    this.#session.execute(RESET);
    this.#active = '';
  }
}

/** Whether a reply says that a setting may have changed: the tags of SET, RESET and DISCARD ALL (or a value that ends so). */
export const mayHaveSet = (reply: Buffer): boolean =>
  reply.includes('SET\0') || reply.includes('DISCARD ALL\0');

/** Settings in a start-up packet, those in `options` (`-c name=value`) included. */
export function* requestedSettings(startup: ReadonlyMap<string, string>): Generator<[string, string]> {
  for (const [name, value] of startup) {
    const isDefaultEncoding = name === 'client_encoding' && /^'?utf-?8'?$/i.test(value);
    if (!NOT_SETTINGS.has(name) && !name.startsWith('_pq_.') && !isDefaultEncoding) yield [name, value];
  }
  const words = (startup.get('options') ?? '').match(/(?:\\.|\S)+/g) ?? [];
  for (let i = 0; i < words.length; i += 1) {
    const word = words[i] === '-c' ? words[++i] : words[i]?.replace(/^-c|^--/, '');
    const [, name, value] = /^([\w.-]+)=(.*)$/.exec(word?.replace(/\\(.)/g, '$1') ?? '') ?? [];
    if (name !== undefined && value !== undefined) yield [name.replaceAll('-', '_'), value];
  }
}

const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;

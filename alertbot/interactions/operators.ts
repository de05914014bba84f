import type { WebClient } from '@slack/web-api';
import { sleep } from '../../platform/errors/backoff.ts';
import { messageOf } from '../../platform/errors/classify.ts';
import type { Logger } from '../../platform/logger/logger.ts';
import type { AlertbotHealth } from '../health.ts';
import type { Person } from './press.ts';

const REFRESH_MS = 5 * 60_000;
const AFTER_FAILURE_MS = 10_000;

export interface OperatorsOptions {
  /** Slack user group whose members may act; null: everybody of the workspace may. */
  group: string | null;
  slack: WebClient;
  logger: Logger;
  health: AlertbotHealth;
  refreshMs?: number;
  afterFailureMs?: number;
}

/** Who may act on alerts. The list of members is read in the background; the last one that could be read counts. */
export class Operators {
  private members: ReadonlySet<string> | null = null;
  private home: ReadonlySet<string> | null = null;
  private readonly options: OperatorsOptions;
  private readonly stopping = new AbortController();

  constructor(options: OperatorsOptions) {
    this.options = options;
  }

  /** @param ids of the workspace, and of its organisation where it is of one */
  belongTo(ids: readonly string[]): void {
    this.home = new Set(ids);
  }

  /**
   * Without a group, everybody of the workspace; in a channel that is shared with another one, others see the buttons, too.
   * `unknown`: the members could never be read, so nobody may.
   */
  mayAct({ id, team }: Pick<Person, 'id' | 'team'>): 'yes' | 'no' | 'unknown' {
    if (this.options.group === null)
      return team === null || this.home === null || this.home.has(team) ? 'yes' : 'no';
    if (this.members === null) return 'unknown';
    return this.members.has(id) ? 'yes' : 'no';
  }

  /** Reads the members now and again, until the returned function is called. */
  keepFresh(): () => void {
    const { group } = this.options;
    if (group !== null) void this.run(group);
    return () => this.stopping.abort();
  }

  private async run(group: string): Promise<void> {
    const { refreshMs = REFRESH_MS, afterFailureMs = AFTER_FAILURE_MS } = this.options;
    while (!this.stopping.signal.aborted) {
      const read = await this.read(group);
      await sleep(read ? refreshMs : afterFailureMs, this.stopping.signal);
    }
  }

  private async read(group: string): Promise<boolean> {
    const { slack, logger, health } = this.options;
    try {
      const { users } = await slack.usergroups.users.list({ usergroup: group });
      this.members = new Set(users ?? []);
      health.report('operators', null);
      return true;
    } catch (error) {
      const problem = `the members of SLACK_OPERATORS_GROUP ${group} cannot be read: ${messageOf(error)}`;
      logger.warn({ known: this.members !== null }, problem);
      // With an older list people can act, so this program is ready.
      if (this.members === null) health.report('operators', problem);
      return false;
    }
  }
}

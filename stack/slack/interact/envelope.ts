import type { JsonObject } from '../json.ts';
import type { Standin } from '../standin.ts';
import type { StandinUser } from '../standin-types.ts';

/** What every interaction payload has. The `token` of old is there because SDKs expect the member; nobody checks it. */
export function payloadOf(
  standin: Standin,
  type: 'block_actions' | 'view_submission' | 'view_closed',
  user: StandinUser,
): JsonObject {
  const { team, app } = standin.directory;
  return {
    type,
    team: { id: team.id, domain: team.domain },
    user: { id: user.id, username: user.name, name: user.name, team_id: team.id },
    api_app_id: app.app_id,
    token: 'unused',
    enterprise: null,
    is_enterprise_install: false,
  };
}

/** The URL under which the app may answer, 5 times within 30 minutes. */
export function responseUrl(standin: Standin, token: string): string {
  return `${standin.address.url}/response/${token}`;
}

/** Sends an interaction, as often as a fault says; each copy is made anew. The first one's end counts. */
export async function sendCopies<T>(standin: Standin, send: () => Promise<T>): Promise<T> {
  const copies = Math.max(1, standin.faults.takeCopies());
  const [first] = await Promise.all(Array.from({ length: copies }, send));
  return first as T;
}

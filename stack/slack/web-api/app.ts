import type { ApiMethod } from './method.ts';

export const authTest: ApiMethod = ({ standin }) => {
  const { team, app } = standin.directory;
  return {
    url: `${standin.address.url}/`,
    team: team.name,
    user: app.name,
    team_id: team.id,
    user_id: app.bot_user_id,
    bot_id: app.bot_id,
    is_enterprise_install: false,
  };
};

/** https://docs.slack.dev/reference/methods/apps.connections.open, with an app-level token. */
export const connectionsOpen: ApiMethod = ({ standin }) => ({
  url: `${standin.address.url.replace(/^http/, 'ws')}${standin.sockets.ticket()}`,
});

export const apiTest: ApiMethod = ({ args }) => {
  const error = args.optionalText('error');
  return { args: error === undefined ? {} : { error } };
};

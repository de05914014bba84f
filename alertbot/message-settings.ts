import type { Config } from '../platform/config/load.ts';
import type { SlackConfig } from '../platform/config/slack.ts';
import type { MessageSettings } from './messages/alert-view.ts';

/** What messages depend on, out of the whole configuration. */
export function messageSettings(config: Config & { slack: SlackConfig }): MessageSettings {
  return {
    locale: config.locale,
    timeZone: config.timeZone,
    showPersonalData: config.showPersonalData,
    grafanaUrl: config.grafanaUrl,
    runbookUrl: config.runbookUrl,
    escalation: config.slack.escalation,
  };
}

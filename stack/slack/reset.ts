import type { Standin } from './standin.ts';

/** Empties everything: messages, views, homes, faults, what was counted. Apps stay connected. */
export function resetStandin(standin: Standin): void {
  standin.messages.reset();
  standin.views.reset();
  standin.faults.clear();
  standin.calls.reset();
  standin.rateLimits.reset();
  standin.deliveries.reset();
}

import { useAppName, useDeliveries } from '../context.ts';
import { Icon } from '../icons.tsx';

/** What Slack shows beside an element when the app did not answer. */
export function DeliveryWarning({ deliveryKey }: { deliveryKey: string }) {
  const note = useDeliveries()[deliveryKey];
  const app = useAppName();
  if (note === undefined || note === 'pending') return null;
  const texts = {
    operation_timeout: `${app} did not answer within 3 seconds (operation_timeout).`,
    dispatch_failed: `${app} could not be reached, or refused this (dispatch_failed).`,
    unknown_element: 'This is not there any more: the message has changed.',
  };
  return (
    <span className="delivery-warning" role="alert" data-testid="delivery-warning" data-error={note}>
      <Icon name="warning" />
      {texts[note]}
    </span>
  );
}

export function usePending(deliveryKey: string): boolean {
  return useDeliveries()[deliveryKey] === 'pending';
}

export function Spinner() {
  return <span className="spinner" aria-hidden="true" />;
}

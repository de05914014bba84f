import type { SignedRequest } from './sign.ts';

const KEPT = 200;

/** A request that went to the app by HTTP, so that a test can send it again. */
export interface DeliveredRequest extends SignedRequest {
  url: string;
}

export class DeliveryLog {
  #requests: DeliveredRequest[] = [];

  add(request: DeliveredRequest): void {
    this.#requests.push(request);
    if (this.#requests.length > KEPT) this.#requests.shift();
  }

  /** The last 200, oldest first. */
  all(): DeliveredRequest[] {
    return structuredClone(this.#requests);
  }

  reset(): void {
    this.#requests = [];
  }
}

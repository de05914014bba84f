/** Something a person could not have done in Slack: a button that is not there, a view that is closed. */
export class Refusal extends Error {
  readonly status: number;
  readonly code: string;

  /** @param code one word for programs; the message is for people */
  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

export function notFound(code: string, message: string): Refusal {
  return new Refusal(404, code, message);
}

export function badRequest(message: string): Refusal {
  return new Refusal(400, 'bad_request', message);
}

/** An answer that is none: thrown by whoever finds out, sent as RFC 9457 has it. */
export class Problem extends Error {
  readonly status: number;
  readonly title: string;

  /** @param detail what is wrong, and what to do about it */
  constructor(status: number, title: string, detail: string) {
    super(detail);
    this.name = 'Problem';
    this.status = status;
    this.title = title;
  }
}

export function badRequest(detail: string): Problem {
  return new Problem(400, 'Bad request', detail);
}

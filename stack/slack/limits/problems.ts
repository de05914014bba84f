/** What is wrong with blocks or a view, in the words of Slack: `no more than 50 items allowed [json-pointer:/blocks]`. */
export class Problems {
  readonly #found: string[] = [];

  add(pointer: string, text: string): void {
    this.#found.push(`${text} [json-pointer:${pointer}]`);
  }

  get any(): boolean {
    return this.#found.length > 0;
  }

  /** For `response_metadata.messages`. */
  messages(): string[] {
    return this.#found.map((problem) => `[ERROR] ${problem}`);
  }

  /** For `errors`. */
  errors(): string[] {
    return [...this.#found];
  }
}

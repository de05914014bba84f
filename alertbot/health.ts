/** What readiness is made of: each part says what is wrong with it, or that nothing is. Liveness asks none of them. */
export class AlertbotHealth {
  private readonly problems = new Map<string, string>([
    ['slack', 'has not answered yet'],
    ['database', 'has not answered yet'],
  ]);

  /** @param problem what is wrong, null when all is well again */
  report(part: string, problem: string | null): void {
    if (problem === null) this.problems.delete(part);
    else this.problems.set(part, problem);
  }

  get current(): Readonly<Record<string, string>> {
    return Object.fromEntries(this.problems);
  }
}

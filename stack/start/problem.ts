import { InstallProblem } from '../install/problem.mjs';

/** An {@link InstallProblem} found by the supervisor or by what it starts; with another exit code when that says more. */
export class StartProblem extends InstallProblem {
  constructor(message: string, exitCode = 78) {
    super(message);
    this.name = 'StartProblem';
    this.exitCode = exitCode;
  }
}

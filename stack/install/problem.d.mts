export declare class InstallProblem extends Error {
  exitCode: number;
}

import { readdir } from 'node:fs/promises';
import type { Dashboard } from '@grafana/grafana-foundation-sdk/dashboard';
import { type Board, buildBoard } from './parts/board.ts';

const FOLDER = new URL('./dashboards/', import.meta.url);

/** What is in `dashboards/`, one board a file: a new file is a new board, and nothing else has to be changed. */
export async function allBoards(): Promise<Board[]> {
  const files = (await readdir(FOLDER)).filter((file) => file.endsWith('.ts')).toSorted();
  return Promise.all(
    files.map(async (file) => {
      const { board } = (await import(new URL(file, FOLDER).href)) as { board?: Board };
      if (board === undefined) throw new Error(`grafana/src/dashboards/${file} exports no \`board\``);
      return board;
    }),
  );
}

export interface GeneratedBoard {
  /** In the folder of the boards. */
  readonly file: string;
  readonly dashboard: Dashboard;
  readonly text: string;
}

/** The boards as Grafana reads them. */
export async function generateBoards(): Promise<GeneratedBoard[]> {
  return (await allBoards()).map((board) => {
    const dashboard = numbered(buildBoard(board));
    return {
      file: `${board.uid.replace('holdfast-', '')}.json`,
      dashboard,
      text: `${JSON.stringify(dashboard, null, 2)}\n`,
    };
  });
}

/** Panels are named by number in links to a single one: given in order, because nobody is going to keep a list. */
function numbered(dashboard: Dashboard): Dashboard {
  return {
    ...dashboard,
    panels: (dashboard.panels ?? []).map((panel, index) => ({ ...panel, id: index + 1 })),
  };
}

import type * as cog from '@grafana/grafana-foundation-sdk/cog';
import * as dashboard from '@grafana/grafana-foundation-sdk/dashboard';
import { alertAnnotations } from './annotations.ts';
import { datasourceVariables } from './datasources.ts';
import { historyLink, historyVariables } from './history.ts';
import { boardsLink, TAG, timeLinks } from './links.ts';
import { dataAge } from './variables.ts';

export interface Row {
  readonly title: string;
  readonly panels: readonly cog.Builder<dashboard.Panel>[];
}

export interface Board {
  /** Never changes: links and bookmarks name it. */
  readonly uid: string;
  readonly title: string;
  /** The question it answers. */
  readonly description: string;
  readonly variables?: readonly cog.Builder<dashboard.VariableModel>[];
  readonly rows: readonly Row[];
  /** Span shown at first; a day unless told. */
  readonly from?: string;
  /** What it shows is looked at over years that are long past: it links to all there is. */
  readonly history?: boolean;
}

/** What all boards have in common. */
export function buildBoard(board: Board): dashboard.Dashboard {
  const builder = new dashboard.DashboardBuilder(board.title)
    .uid(board.uid)
    .description(board.description)
    .tags([TAG])
    .readonly()
    .tooltip(dashboard.DashboardCursorSync.Crosshair)
    .time({ from: board.from ?? 'now-24h', to: 'now' })
    .timezone('')
    .refresh('30s')
    .timepicker(new dashboard.TimePickerBuilder().refreshIntervals(['10s', '30s', '1m', '5m', '30m']))
    .variables([
      ...datasourceVariables(),
      dataAge(),
      ...(board.history ? historyVariables() : []),
      ...(board.variables ?? []),
    ])
    .annotations(alertAnnotations())
    .links([...timeLinks(board.uid), ...(board.history ? [historyLink(board.uid)] : []), boardsLink()]);
  for (const row of board.rows) {
    builder.withRow(new dashboard.RowBuilder(row.title));
    for (const panel of row.panels) builder.withPanel(panel);
  }
  return builder.build();
}

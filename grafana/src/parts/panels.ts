import * as bargauge from '@grafana/grafana-foundation-sdk/bargauge';
import type * as cog from '@grafana/grafana-foundation-sdk/cog';
import * as common from '@grafana/grafana-foundation-sdk/common';
import * as dashboard from '@grafana/grafana-foundation-sdk/dashboard';
import * as heatmap from '@grafana/grafana-foundation-sdk/heatmap';
import * as stat from '@grafana/grafana-foundation-sdk/stat';
import * as statetimeline from '@grafana/grafana-foundation-sdk/statetimeline';
import * as tables from '@grafana/grafana-foundation-sdk/table';
import * as timeseries from '@grafana/grafana-foundation-sdk/timeseries';
import { type Column, type Override, override } from './columns.ts';
import type { DataLink } from './links.ts';
import type { Query } from './query.ts';
import { type Limits, statusMappings, thresholds } from './thresholds.ts';

export interface PanelOptions {
  readonly title: string;
  /** The question the panel answers. */
  readonly description: string;
  /** Of its numbers, as Grafana names units. */
  readonly unit: string;
  readonly queries: Query | readonly Query[];
  /** Of 24. */
  readonly span: number;
  readonly height?: number;
  /** Shown where there is nothing. */
  readonly noValue?: string;
  readonly limits?: Limits;
  readonly min?: number;
  readonly max?: number;
  readonly decimals?: number;
  /** By column or series. */
  readonly columns?: Readonly<Record<string, Column>>;
  readonly links?: readonly DataLink[];
  /** Always over this span, whatever is chosen: `30d`. */
  readonly always?: string;
  /** No finer than this; a minute for the database's rollups. */
  readonly interval?: string;
}

/** The methods that the builders of all panel types have. */
export interface AnyPanel<T> extends cog.Builder<dashboard.Panel> {
  title(title: string): T;
  description(description: string): T;
  unit(unit: string): T;
  noValue(noValue: string): T;
  span(span: number): T;
  height(height: number): T;
  targets(targets: cog.Builder<cog.Dataquery>[]): T;
  thresholds(thresholds: cog.Builder<dashboard.ThresholdsConfig>): T;
  interval(interval: string): T;
  timeFrom(timeFrom: string): T;
  min(min: number): T;
  max(max: number): T;
  decimals(decimals: number): T;
  withOverride(one: Override): T;
  dataLinks(links: cog.Builder<dashboard.DashboardLink>[]): T;
}

/** What panels of every type have in common. */
export function withBasics<T extends AnyPanel<T>>(panel: T, options: PanelOptions): T {
  const queries = Array.isArray(options.queries) ? options.queries : [options.queries];
  panel
    .title(options.title)
    .description(options.description)
    .unit(options.unit)
    .noValue(options.noValue ?? 'none')
    .span(options.span)
    .height(options.height ?? 8)
    .thresholds(thresholds(options.limits))
    .interval(options.interval ?? '1m')
    .targets([...queries]);
  if (options.always !== undefined) panel.timeFrom(options.always);
  if (options.min !== undefined) panel.min(options.min);
  if (options.max !== undefined) panel.max(options.max);
  if (options.decimals !== undefined) panel.decimals(options.decimals);
  for (const [name, column] of Object.entries(options.columns ?? {}))
    panel.withOverride(override(name, column));
  if (options.links !== undefined)
    panel.dataLinks(
      options.links.map((link) =>
        new dashboard.DashboardLinkBuilder(link.title).url(link.url).targetBlank(link.targetBlank ?? false),
      ),
    );
  return panel;
}

export interface StatOptions extends PanelOptions {
  /** How a series becomes one number: the last value unless told. */
  readonly reduce?: 'lastNotNull' | 'sum' | 'max';
  /** Draw the series behind the number. */
  readonly spark?: boolean;
  /** Text columns: show the first row as it is. */
  readonly text?: boolean;
}

/** One number, or one for each column, large. */
export function statPanel(options: StatOptions) {
  const reduce = new common.ReduceDataOptionsBuilder()
    .calcs([options.reduce ?? 'lastNotNull'])
    .values(options.text ?? false);
  if (options.text) reduce.fields('/.*/');
  return (
    withBasics(new stat.PanelBuilder(), { height: 4, ...options })
      .reduceOptions(reduce)
      // Nothing is neither good nor bad: without this it has the colour of the lowest step.
      .mappings([
        {
          type: dashboard.MappingType.SpecialValue,
          options: {
            match: dashboard.SpecialValueMatch.NullAndNan,
            result: { text: options.noValue ?? 'none', color: 'text' },
          },
        },
      ])
      .graphMode(options.spark ? common.BigValueGraphMode.Area : common.BigValueGraphMode.None)
      .colorMode(common.BigValueColorMode.Value)
      .textMode(common.BigValueTextMode.Auto)
      .colorScheme(new dashboard.FieldColorBuilder().mode(dashboard.FieldColorModeId.Thresholds))
  );
}

export interface TimeseriesOptions extends PanelOptions {
  readonly stacked?: boolean | 'percent';
  readonly bars?: boolean;
  /** What it is stays so until the next value. */
  readonly stepped?: boolean;
  /** By series, where not the palette's. */
  readonly colours?: Readonly<Record<string, string>>;
  /** Names of series that are drawn dashed: the past, an expectation. */
  readonly dashed?: readonly string[];
  /** Draw the limits as lines. */
  readonly limitLines?: boolean;
  readonly legendRight?: boolean;
  /** Too many series for a legend: the tooltip names them. */
  readonly noLegend?: boolean;
}

export function timePanel(options: TimeseriesOptions) {
  const panel = withBasics(new timeseries.PanelBuilder(), { min: 0, ...options })
    .colorScheme(new dashboard.FieldColorBuilder().mode(dashboard.FieldColorModeId.PaletteClassic))
    .lineWidth(1)
    .fillOpacity(options.bars ? 70 : 10)
    .showPoints(common.VisibilityMode.Auto)
    .drawStyle(options.bars ? common.GraphDrawStyle.Bars : common.GraphDrawStyle.Line)
    .tooltip(
      new common.VizTooltipOptionsBuilder()
        .mode(common.TooltipDisplayMode.Multi)
        .sort(common.SortOrder.Descending),
    )
    .legend(
      new common.VizLegendOptionsBuilder()
        .showLegend(!options.noLegend)
        .displayMode(options.legendRight ? common.LegendDisplayMode.Table : common.LegendDisplayMode.List)
        .placement(options.legendRight ? common.LegendPlacement.Right : common.LegendPlacement.Bottom)
        .calcs(options.legendRight ? ['lastNotNull', 'max'] : []),
    );
  if (options.stacked)
    panel.stacking(
      new common.StackingConfigBuilder()
        .mode(options.stacked === 'percent' ? common.StackingMode.Percent : common.StackingMode.Normal)
        .group('A'),
    );
  if (options.stepped) panel.lineInterpolation(common.LineInterpolation.StepAfter);
  if (options.limitLines)
    panel.thresholdsStyle(
      new common.GraphThresholdsStyleConfigBuilder().mode(common.GraphThresholdsStyleMode.Dashed),
    );
  for (const [name, fixedColor] of Object.entries(options.colours ?? {}))
    panel.overrideByName(name, [{ id: 'color', value: { mode: 'fixed', fixedColor } }]);
  for (const name of options.dashed ?? [])
    panel.overrideByName(name, [
      { id: 'custom.lineStyle', value: { fill: 'dash', dash: [6, 6] } },
      { id: 'custom.fillOpacity', value: 0 },
      { id: 'color', value: { mode: 'fixed', fixedColor: 'text' } },
    ]);
  return panel;
}

export interface TableOptions extends PanelOptions {
  readonly sortBy?: { readonly column: string; readonly descending: boolean };
}

export function tablePanel(options: TableOptions) {
  const { columns = {}, ...basics } = options;
  const panel = withBasics(new tables.PanelBuilder(), { noValue: 'nothing', ...basics })
    .showHeader(true)
    .cellHeight(common.TableCellHeight.Sm)
    .filterable(true)
    .minWidth(70)
    // The panel's own text is for an empty table; an empty cell says nothing.
    .withOverride({
      matcher: { id: 'byRegexp', options: '/.*/' },
      properties: [{ id: 'noValue', value: '–' }],
    })
    // Ids may be all digits: with a unit of numbers they would get thousands separators, in links too.
    .withOverride({
      matcher: { id: 'byType', options: 'string' },
      properties: [{ id: 'unit', value: 'string' }],
    });
  for (const [name, column] of Object.entries(columns)) panel.withOverride(override(name, column));
  if (options.sortBy !== undefined)
    panel.sortBy([
      new common.TableSortByFieldStateBuilder()
        .displayName(options.sortBy.column)
        .desc(options.sortBy.descending),
    ]);
  return panel;
}

/** One bar for each row: a text column, and a number. */
export function barPanel(options: PanelOptions) {
  return withBasics(new bargauge.PanelBuilder(), { min: 0, ...options })
    .orientation(common.VizOrientation.Horizontal)
    .displayMode(common.BarGaugeDisplayMode.Basic)
    .showUnfilled(true)
    .reduceOptions(new common.ReduceDataOptionsBuilder().values(true).calcs([]).fields(''))
    .colorScheme(
      new dashboard.FieldColorBuilder().mode(
        options.limits === undefined
          ? dashboard.FieldColorModeId.PaletteClassic
          : dashboard.FieldColorModeId.Thresholds,
      ),
    );
}

/** What state something was in, over time. */
export function statesPanel(options: PanelOptions) {
  return withBasics(new statetimeline.PanelBuilder(), options)
    .mappings(statusMappings())
    .mergeValues(true)
    .showValue(common.VisibilityMode.Auto)
    .rowHeight(0.8)
    .fillOpacity(80)
    .colorScheme(new dashboard.FieldColorBuilder().mode(dashboard.FieldColorModeId.PaletteClassic))
    .legend(new common.VizLegendOptionsBuilder().showLegend(false));
}

/** Counts by time and size: a query whose series are named by the upper end of their bucket. */
export function heatPanel(options: PanelOptions) {
  return withBasics(new heatmap.PanelBuilder(), options)
    .calculate(false)
    .cellGap(1)
    .yAxis(new heatmap.YAxisConfigBuilder().unit(options.unit).axisPlacement(common.AxisPlacement.Left))
    .color(
      new heatmap.HeatmapColorOptionsBuilder()
        .mode(heatmap.HeatmapColorMode.Scheme)
        .scheme('Blues')
        .steps(32)
        .exponent(0.5)
        .scale(heatmap.HeatmapColorScale.Exponential)
        .fill('dark-blue')
        .reverse(false),
    );
}

import * as barchart from '@grafana/grafana-foundation-sdk/barchart';
import * as common from '@grafana/grafana-foundation-sdk/common';
import * as dashboard from '@grafana/grafana-foundation-sdk/dashboard';
import * as geomap from '@grafana/grafana-foundation-sdk/geomap';
import { type PanelOptions, withBasics } from './panels.ts';
import { COLOURS } from './thresholds.ts';

export interface ChartOptions extends PanelOptions {
  /** The text column that names the bars; the first one of a matrix. */
  readonly along: string;
  readonly stacked?: boolean | 'percent';
  readonly sideways?: boolean;
  /** One colour a series, where not the palette's. */
  readonly colours?: Readonly<Record<string, string>>;
  readonly noLegend?: boolean;
}

/** Bars along a text column, one for each number column. */
export function chartPanel(options: ChartOptions) {
  const panel = withBasics(new barchart.PanelBuilder(), { min: 0, ...options })
    .xField(options.along)
    .orientation(options.sideways ? common.VizOrientation.Horizontal : common.VizOrientation.Vertical)
    .stacking(
      options.stacked === 'percent'
        ? common.StackingMode.Percent
        : options.stacked
          ? common.StackingMode.Normal
          : common.StackingMode.None,
    )
    .showValue(options.stacked ? common.VisibilityMode.Never : common.VisibilityMode.Auto)
    .barWidth(0.9)
    .groupWidth(0.75)
    .fillOpacity(80)
    .lineWidth(0)
    .xTickLabelMaxLength(40)
    .xTickLabelSpacing(0)
    .colorScheme(
      new dashboard.FieldColorBuilder().mode(
        options.limits === undefined
          ? dashboard.FieldColorModeId.PaletteClassic
          : dashboard.FieldColorModeId.Thresholds,
      ),
    )
    .tooltip(
      new common.VizTooltipOptionsBuilder()
        .mode(common.TooltipDisplayMode.Multi)
        .sort(common.SortOrder.Descending),
    )
    .legend(
      new common.VizLegendOptionsBuilder()
        .showLegend(!options.noLegend)
        .displayMode(common.LegendDisplayMode.List)
        .placement(common.LegendPlacement.Bottom)
        .calcs([]),
    );
  for (const [name, fixedColor] of Object.entries(options.colours ?? {}))
    panel.overrideByName(name, [{ id: 'color', value: { mode: 'fixed', fixedColor } }]);
  return panel;
}

export interface Matrix {
  readonly row: string;
  readonly column: string;
  readonly value: string;
}

/** Turns rows of three columns into one row for each `row`, with a column for each `column`. */
export const asMatrix = ({ row, column, value }: Matrix) => ({
  id: 'groupingToMatrix',
  options: { rowField: row, columnField: column, valueField: value, emptyValue: 'null' },
});

/** What the first column of such a matrix is called. */
export const firstOf = ({ row, column }: Matrix): string => `${row}\\${column}`;

export interface MapLayer {
  readonly name: string;
  readonly refId: string;
  /** Column by which the dots grow. */
  readonly size: string;
  /** Column by which they are coloured; one colour unless told. */
  readonly colourBy?: string;
  readonly colour: string;
}

export interface MapOptions extends PanelOptions {
  /** Each of a query with the columns latitude and longitude. */
  readonly layers: readonly MapLayer[];
}

/** Dots on a map. The borders are Grafana's own file, so that they are there without a tile server in reach. */
export function mapPanel(options: MapOptions) {
  return withBasics(new geomap.PanelBuilder(), options)
    .colorScheme(new dashboard.FieldColorBuilder().mode(dashboard.FieldColorModeId.Thresholds))
    .view(
      new geomap.MapViewConfigBuilder()
        .id(geomap.MapCenterID.Fit)
        .allLayers(false)
        .layer(options.layers[0]?.name ?? '')
        .padding(10)
        // Fitting goes no closer than this; the SDK would have it stay at the whole world.
        .zoom(10),
    )
    .controls(new geomap.ControlsOptionsBuilder().showZoom(true).mouseWheelZoom(false).showAttribution(true))
    .basemap(new common.MapLayerOptionsBuilder().type('default').name('Basemap'))
    .tooltip(new geomap.TooltipOptionsBuilder().mode(geomap.TooltipMode.Details))
    .layers([borders(), ...options.layers.map(dots)]);
}

const borders = () =>
  new common.MapLayerOptionsBuilder()
    .type('geojson')
    .name('Borders')
    .config({
      src: 'public/maps/countries.geojson',
      rules: [],
      style: { color: { fixed: COLOURS.none }, opacity: 0.05, lineWidth: 1 },
    })
    .tooltip(false);

const dots = ({ name, refId, size, colour, colourBy }: MapLayer) =>
  new common.MapLayerOptionsBuilder()
    .type('markers')
    .name(name)
    .filterData({ id: 'byRefId', options: refId })
    .location(
      new common.FrameGeometrySourceBuilder()
        .mode(common.FrameGeometrySourceMode.Coords)
        .latitude('latitude')
        .longitude('longitude'),
    )
    .config({
      showLegend: colourBy !== undefined,
      style: {
        size: { field: size, fixed: 5, min: 3, max: 18 },
        color: colourBy === undefined ? { fixed: colour } : { field: colourBy, fixed: colour },
        opacity: 0.7,
        symbol: { mode: 'fixed', fixed: 'img/icons/marker/circle.svg' },
      },
    })
    .tooltip(true);

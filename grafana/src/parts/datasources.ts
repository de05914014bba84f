import type * as common from '@grafana/grafana-foundation-sdk/common';
import * as dashboard from '@grafana/grafana-foundation-sdk/dashboard';

/** Every query names its source by a variable, so that a board can be pointed at another installation by its URL. */
export const TIMESCALEDB: common.DataSourceRef = {
  type: 'grafana-postgresql-datasource',
  uid: '${timescaledb}',
};
export const PROMETHEUS: common.DataSourceRef = { type: 'prometheus', uid: '${prometheus}' };

const source = (name: string, label: string, type: string, text: string, uid: string) =>
  new dashboard.DatasourceVariableBuilder(name)
    .label(label)
    .description(`The ${label} that this board asks.`)
    .type(type)
    .hide(dashboard.VariableHide.HideVariable)
    .current({ text, value: uid });

export const datasourceVariables = () => [
  source('timescaledb', 'database', 'grafana-postgresql-datasource', 'TimescaleDB', 'holdfast-timescaledb'),
  source('prometheus', 'Prometheus', 'prometheus', 'Prometheus', 'holdfast-prometheus'),
];

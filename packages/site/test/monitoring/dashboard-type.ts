import type { Dashboard, Panel } from '@grafana/schema';
import type { Options as StatOptions } from '@grafana/schema/dist/esm/raw/composable/stat/panelcfg/x/StatPanelCfg_types.gen';
import type {
  FieldConfig as TimeSeriesFields,
  Options as TimeSeriesOptions,
} from '@grafana/schema/dist/esm/raw/composable/timeseries/panelcfg/x/TimeSeriesPanelCfg_types.gen';

/** As it stands in JSON: an enum's values for its members. */
type Plain<Type> = Type extends string
  ? string extends Type
    ? string
    : `${Type}`
  : Type extends readonly (infer Item)[]
    ? Plain<Item>[]
    : Type extends object
      ? { [Key in keyof Type]: Plain<Type[Key]> }
      : Type;

/** Grafana fills in what is left out. */
type Some<Type> = Type extends readonly (infer Item)[]
  ? Some<Item>[]
  : Type extends object
    ? { [Key in keyof Type]?: Some<Type[Key]> }
    : Type;

type Defaults = Omit<NonNullable<Panel['fieldConfig']>['defaults'], 'custom'>;

interface PanelOf<Kind, Options, Fields> extends Omit<Panel, 'type' | 'options' | 'fieldConfig' | 'targets'> {
  type: Kind;
  title: string;
  gridPos: NonNullable<Panel['gridPos']>;
  options?: Some<Options>;
  fieldConfig: { defaults: Some<Defaults> & { custom?: Some<Fields> }; overrides: never[] };
  targets: { refId: string; expr: string; legendFormat?: string; instant?: boolean }[];
}

/** A dashboard by Grafana's own schema, with the kinds of panels that ours has. */
export type OurDashboard = Plain<
  Omit<Dashboard, 'panels'> & {
    panels: (PanelOf<'stat', StatOptions, never> | PanelOf<'timeseries', TimeSeriesOptions, TimeSeriesFields>)[];
  }
>;

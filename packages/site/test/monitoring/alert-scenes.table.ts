/** Series by minutes, in Prometheus' notation, with which an alert fires, and others with which it does not. */
export interface AlertScene {
  readonly fires: Readonly<Record<string, string>>;
  readonly stays: Readonly<Record<string, string>>;
  /** When it is looked at. */
  readonly at: string;
  /** Beside severity and those of the series that all of them have. */
  readonly labels?: Readonly<Record<string, string>>;
  /** What `{{ $value }}` is. */
  readonly value?: string;
}

const at = 'instance="a"';

/** By the name of the alert. */
export const ALERT_SCENES: Readonly<Record<string, AlertScene>> = {
  HookswitchDown: {
    fires: { [`up{job="hookswitch",${at}}`]: '1 0x10' },
    stays: { [`up{job="hookswitch",${at}}`]: '1 0 0 1x10', [`up{job="other",${at}}`]: '0x10' },
    at: '6m',
    labels: { job: 'hookswitch' },
  },
  HookswitchEventsNotStored: {
    fires: { [`hookswitch_events_failed_total{${at}}`]: '0 0 1x10' },
    stays: { [`hookswitch_events_failed_total{${at}}`]: '7x12' },
    at: '6m',
  },
  HookswitchPhonesSilent: {
    fires: { [`hookswitch_phones_silent{${at}}`]: '3x30' },
    stays: { [`hookswitch_phones_silent{${at}}`]: '0x12 1x5 0x12' },
    at: '20m',
    value: '3',
  },
  HookswitchPhonesUnauthorized: {
    fires: { [`hookswitch_phones{reachability="UNAUTHORIZED",vendor="snom",${at}}`]: '2x30' },
    stays: {
      [`hookswitch_phones{reachability="REACHABLE",${at}}`]: '9x30',
      [`hookswitch_phones{reachability="UNAUTHORIZED",${at}}`]: '0x30',
    },
    at: '20m',
    value: '2',
  },
  HookswitchPhonesUnreachable: {
    fires: {
      [`hookswitch_phones{reachability="UNREACHABLE",${at}}`]: '2x30',
      [`hookswitch_phones{reachability="REACHABLE",${at}}`]: '8x30',
    },
    stays: {
      [`hookswitch_phones{reachability="UNREACHABLE",${at}}`]: '2x30',
      [`hookswitch_phones{reachability="REACHABLE",${at}}`]: '98x30',
    },
    at: '20m',
  },
  HookswitchActionUrlsDrifted: {
    fires: { [`hookswitch_action_url_drifts_total{vendor="snom",${at}}`]: '0 0 1x30' },
    stays: { [`hookswitch_action_url_drifts_total{vendor="snom",${at}}`]: '4x32' },
    at: '20m',
    labels: { vendor: 'snom' },
  },
  HookswitchCommandsUnknown: {
    fires: {
      [`hookswitch_commands_total{status="UNKNOWN",${at}}`]: '0+1x60',
      [`hookswitch_commands_total{status="ACCEPTED",${at}}`]: '0+9x60',
    },
    stays: {
      [`hookswitch_commands_total{status="UNKNOWN",${at}}`]: '0+1x60',
      [`hookswitch_commands_total{status="ACCEPTED",${at}}`]: '0+99x60',
    },
    at: '40m',
  },
  HookswitchSlowToDisk: {
    fires: {
      [`hookswitch_action_url_duration_seconds_bucket{le="1",${at}}`]: '0+90x60',
      [`hookswitch_action_url_duration_seconds_bucket{le="5",${at}}`]: '0+100x60',
      [`hookswitch_action_url_duration_seconds_bucket{le="+Inf",${at}}`]: '0+100x60',
    },
    stays: {
      [`hookswitch_action_url_duration_seconds_bucket{le="1",${at}}`]: '0+995x60',
      [`hookswitch_action_url_duration_seconds_bucket{le="5",${at}}`]: '0+1000x60',
      [`hookswitch_action_url_duration_seconds_bucket{le="+Inf",${at}}`]: '0+1000x60',
    },
    at: '30m',
  },
  HookswitchForgedReports: {
    fires: { [`hookswitch_action_urls_refused_total{reason="unknown",${at}}`]: '0+60x60' },
    stays: { [`hookswitch_action_urls_refused_total{reason="unknown",${at}}`]: '0+1x60' },
    at: '30m',
    labels: { reason: 'unknown' },
  },
  HookswitchCredentialsRefused: {
    fires: { [`hookswitch_security_events_total{kind="CREDENTIAL_REFUSED",${at}}`]: '0+10x30' },
    stays: {
      [`hookswitch_security_events_total{kind="CREDENTIAL_REFUSED",${at}}`]: '0+1x30',
      [`hookswitch_security_events_total{kind="OPERATION_LIMITED",${at}}`]: '0+100x30',
    },
    at: '20m',
    value: '100',
  },
  HookswitchListeningLost: {
    fires: { [`hookswitch_sip_monitors{state="waiting",${at}}`]: '1x60' },
    stays: { [`hookswitch_sip_monitors{state="listening",${at}}`]: '5x60' },
    at: '30m',
    value: '1',
  },
};

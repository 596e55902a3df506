import type { PhoneAccount } from './accounts.ts';
import type { ActionUrlClient } from './action-url-client.ts';
import type { CallLeg } from './call.ts';
import type { PhoneFeatures } from './features.ts';
import type { HttpFaults } from './http-faults.ts';
import type { RequestRecorder } from './http-message.ts';
import type { ObservableMap } from './observable-map.ts';
import type { Screen } from './screen.ts';
import type { SipRequestRecorder } from './sip/types.ts';

/** What the LED of a key shows. */
export interface Light {
  /** The vendor's own word: `on`, `off`, `blink`, `slowflash`, … */
  readonly state: string;
  /** The vendor's own word for the colour; `undefined` if the LED has only one. */
  readonly color: string | undefined;
}

/**
 * What every vendor's virtual phone offers to tests, to the demo and to the conformance suite.
 * A vendor's phone is a class that holds the building blocks and hands them out under these names; what is the
 * vendor's alone (pressing a key by hand, a prompt on the screen) it adds as members of its own.
 */
export interface VirtualPhone extends AsyncDisposable {
  /** Identity of the driver that speaks to it: `snom`, `yealink`, … */
  readonly vendor: string;
  /** `D785`, `SIP-T54W`, … */
  readonly model: string;
  readonly firmware: string;
  /** Twelve lower-case hexadecimal digits without separators. */
  readonly mac: string;
  /** The number of its first account. */
  readonly number: string;
  /** `http://host:port`, without a slash at the end. Throws before {@link start}. The port stays over {@link refuseConnections}. */
  readonly address: string;
  /** What its web server received. */
  readonly requests: RequestRecorder;
  /** `sip:1001@127.0.0.1:40001`; `undefined` where it has no SIP side. Throws before {@link start}. */
  readonly sipUri?: string | undefined;
  /** What its SIP side received; `undefined` where it has none. */
  readonly sipRequests?: SipRequestRecorder | undefined;
  /** The action URLs that it fired, with the replies. */
  readonly actionUrls: ActionUrlClient;
  /** What is wrong with its web server; change it at any time. */
  readonly faults: HttpFaults;
  /** Its calls that have not ended, of all accounts, oldest first. */
  readonly calls: readonly CallLeg[];
  readonly accounts: readonly PhoneAccount[];
  /** Settings by the vendor's own names. */
  readonly settings: ObservableMap<string>;
  /** LEDs by the vendor's own key names. */
  readonly lights: ObservableMap<Light>;
  readonly features: PhoneFeatures;
  readonly screen: Screen;
  /** Opens the web server, joins the exchange, fires the vendor's "set up" action URL. */
  start(): Promise<void>;
  /** Leaves the exchange and closes the web server. Safe to call twice. Also what disposal does. */
  stop(): Promise<void>;
  /** With `true` its web server refuses connections (ECONNREFUSED); with `false` it listens on the same port again. */
  refuseConnections(refuse: boolean): Promise<void>;
}

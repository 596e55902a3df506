import type { KeyText } from './key-command.ts';
import type { YealinkQuirks } from './quirks.ts';

/** `phonecfg=get` with its selectors; `undefined` where a selector was not given. */
export interface PhonecfgSelectors {
  readonly accounts: boolean | undefined;
  readonly dnd: boolean | undefined;
  readonly fw: boolean | undefined;
}

/** The login that old firmware takes in the query. */
export interface QueryLogin {
  readonly username: string;
  readonly password: string;
}

/** What the query of a GET on the phone's servlet asks for. */
export type ActionUriRequest =
  /** The values of one `key=`; several where they were separated by `;`. `outgoingUri` is empty without one. */
  | { readonly kind: 'keys'; readonly keys: readonly KeyText[]; readonly outgoingUri: string }
  | { readonly kind: 'phonecfg'; readonly selectors: PhonecfgSelectors }
  | { readonly kind: 'screenshot' }
  | { readonly kind: 'unsupported' };

/** An action URI taken apart. */
export interface ActionUri {
  readonly request: ActionUriRequest;
  readonly login: QueryLogin | undefined;
}

type QueryQuirks = Pick<
  YealinkQuirks,
  'strictParameterOrder' | 'decodesInnerEquals' | 'plusReadsAsSpace' | 'dialsWithoutKey'
>;

const UNSUPPORTED: ActionUriRequest = { kind: 'unsupported' };
const LOGIN_PARAMETERS = ['p', 'q', 'username', 'pwd', 'jumpto'];

/** Reads the raw query of an action URI. Pure. */
export const parseActionUri = (query: string, quirks: QueryQuirks): ActionUri => {
  const parameters = query.split('&');
  const login = takeLogin(parameters, quirks);
  if (!quirks.strictParameterOrder) bringForward(parameters);
  if (parameters.at(-1) === '' && quirks.strictParameterOrder) return { request: UNSUPPORTED, login };
  return { request: readRequest(parameters, quirks), login };
};

/** Decodes one value as a form does, and leaves what is badly escaped as it is. */
const decode = (text: string, { plusReadsAsSpace }: Pick<QueryQuirks, 'plusReadsAsSpace'>): string => {
  const spaced = plusReadsAsSpace ? text.replaceAll('+', ' ') : text;
  return Buffer.from(
    spaced.replace(/%([0-9a-fA-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  ).toString('utf8');
};

/** Takes `p=login&q=login&username=…&pwd=…&jumpto=URI` off the front, in that order. */
const takeLogin = (parameters: string[], quirks: QueryQuirks): QueryLogin | undefined => {
  const names = parameters.slice(0, LOGIN_PARAMETERS.length).map((parameter) => parameter.split('=')[0]);
  if (names.join() !== LOGIN_PARAMETERS.join()) return undefined;
  if (parameters[0] !== 'p=login' || parameters[1] !== 'q=login') return undefined;
  const [, , username = '', password = ''] = parameters
    .splice(0, LOGIN_PARAMETERS.length)
    .map((parameter) => decode(parameter.slice(parameter.indexOf('=') + 1), quirks));
  return { username, password };
};

const bringForward = (parameters: string[]): void => {
  if (parameters.at(-1) === '') parameters.pop();
  const at = parameters.findIndex((parameter) => /^(?:key|phonecfg)=/.test(parameter));
  if (at > 0) parameters.unshift(...parameters.splice(at, 1));
};

const readRequest = (parameters: readonly string[], quirks: QueryQuirks): ActionUriRequest => {
  const [first = '', ...rest] = parameters;
  if (first.startsWith('key=')) {
    const value = first.slice('key='.length);
    const outgoingUri = parameterOf('outgoing_uri', rest, quirks) ?? '';
    return { kind: 'keys', keys: value.split(';').map((key) => decodeKey(key, quirks)), outgoingUri };
  }
  if (first.startsWith('number=') && quirks.dialsWithoutKey) {
    return readRequest([`key=${first}`, ...rest], quirks);
  }
  // The guide writes the selectors with their square brackets: phonecfg=get[&accounts=1][&dnd=0].
  const plain = parameters.map((parameter) => decode(parameter, quirks).replace(/[[\]]/g, ''));
  if (plain[0] === 'phonecfg=get') return { kind: 'phonecfg', selectors: readSelectors(plain.slice(1), quirks) };
  const isScreenshot = ['command=screenshot', 'm=mod_action&command=screenshot'].includes(parameters.join('&'));
  return isScreenshot ? { kind: 'screenshot' } : UNSUPPORTED;
};

/** The first `=` separates before anything is decoded, or an encoded one could not be told from it. */
const decodeKey = (key: string, quirks: QueryQuirks): KeyText => {
  const text = quirks.decodesInnerEquals ? key.replace(/%3d/i, '=') : key;
  const at = text.indexOf('=');
  if (at < 0) return { name: decode(text, quirks), argument: undefined };
  return { name: decode(text.slice(0, at), quirks), argument: decode(text.slice(at + 1), quirks) };
};

const parameterOf = (name: string, parameters: readonly string[], quirks: QueryQuirks): string | undefined => {
  const found = parameters.find((parameter) => parameter.startsWith(`${name}=`));
  return found && decode(found.slice(name.length + 1), quirks);
};

const readSelectors = (parameters: readonly string[], quirks: QueryQuirks): PhonecfgSelectors => {
  const read = (name: string) => {
    const value = parameterOf(name, parameters, quirks);
    return value === undefined ? undefined : value === '1';
  };
  return { accounts: read('accounts'), dnd: read('dnd'), fw: read('fw') };
};

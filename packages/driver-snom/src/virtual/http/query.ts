/** A parameter of a query. */
export interface QueryParameter {
  readonly name: string;
  readonly value: string;
}

const percentDecode = (text: string): string =>
  text.replace(/(?:%[0-9a-f]{2})+/gi, (escapes) => Buffer.from(escapes.replaceAll('%', ''), 'hex').toString('utf8'));

/** Parameters in which `+` is a plus: telephone numbers. */
const KEEPS_PLUS = new Set(['number', 'outgoing_uri', 'key', 'key_dtmf']);

/** The parameters of a request target, percent-decoded; `+` is a space, but not in numbers. */
export class Query {
  readonly parameters: readonly QueryParameter[];

  /** @param raw what stood behind the `?`, as it was on the wire. */
  constructor(raw: string) {
    this.parameters = raw
      .split('&')
      .filter((part) => part !== '')
      .map((part) => {
        const [name = '', ...value] = part.split('=');
        const decodedName = percentDecode(name);
        const text = value.join('=');
        return {
          name: decodedName,
          value: percentDecode(KEEPS_PLUS.has(decodedName) ? text : text.replaceAll('+', ' ')),
        };
      });
  }

  /** The first value of that name; `undefined` without one. */
  get(name: string): string | undefined {
    return this.parameters.find((parameter) => parameter.name === name)?.value;
  }

  has(name: string): boolean {
    return this.get(name) !== undefined;
  }
}

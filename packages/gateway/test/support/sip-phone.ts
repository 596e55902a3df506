import { randomBytes } from 'node:crypto';
import { createSocket, type RemoteInfo } from 'node:dgram';
import { once } from 'node:events';
import { bodyText, parseMessage, type SipRequest, type SipResponse } from '@hookswitch/sip';

/** What the phone answers. */
export interface SipScriptAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** What the phone does with a request; null: it stays silent. */
export type SipScript = (request: SipRequest) => SipScriptAnswer | null;

/** A phone on a UDP socket of its own that does as it is told: it knows no transactions and no dialogs. */
export interface ScriptedSipPhone extends AsyncDisposable {
  /** `sip:101@127.0.0.1:PORT` */
  readonly uri: string;
  readonly host: string;
  readonly port: number;
  /** As they came, retransmissions included; ACK too. */
  readonly requests: readonly SipRequest[];
  readonly responses: readonly SipResponse[];
  script: SipScript;
  /** Waits for so many requests of that method. */
  received(method: string, count?: number): Promise<SipRequest>;
  /** Sends an INFO in the dialog of that INVITE, as the side that was called, and waits for its response. */
  inform(invite: SipRequest, body: string): Promise<SipResponse>;
  /** Ends the dialog of that INVITE. */
  hangUp(invite: SipRequest): Promise<SipResponse>;
}

/** The tag of every response. */
const TAG = 'phone';

/** @param script left out: 200 to everything */
export async function scriptedSipPhone(
  script: SipScript = () => ({ status: 200 }),
  host = '127.0.0.1',
): Promise<ScriptedSipPhone> {
  const socket = createSocket('udp4');
  const requests: SipRequest[] = [];
  const responses: SipResponse[] = [];
  const lookers = new Set<() => void>();
  let sequence = 0;
  socket.bind(0, host);
  await once(socket, 'listening');
  const { port } = socket.address();

  const when = <Found>(find: () => Found | undefined): Promise<Found> =>
    new Promise((resolve) => {
      const look = (): void => {
        const found = find();
        if (found === undefined) return;
        lookers.delete(look);
        resolve(found);
      };
      lookers.add(look);
      look();
    });

  socket.on('message', (bytes: Buffer, from: RemoteInfo) => {
    const parsed = parseMessage(bytes);
    if (!parsed.ok) throw new Error(`the gateway sent what is no SIP: ${parsed.fault.code}`);
    const { message } = parsed;
    if (message.kind === 'response') responses.push(message);
    else requests.push(message);
    if (message.kind === 'request' && message.method !== 'ACK') {
      const answer = phone.script(message);
      if (answer !== null)
        socket.send(responseText(message, answer, `sip:phone@${host}:${port}`), from.port, from.address);
    }
    for (const look of [...lookers]) look();
  });

  const within = (invite: SipRequest, method: string, body: string): Promise<SipResponse> => {
    sequence += 1;
    const number = sequence;
    const contact = /<sip:([^>]*)>/.exec(invite.headers.get('contact') ?? '')?.[1] ?? '';
    const [, toHost = '', toPort = ''] = /^(?:[^@]*@)?([^:;]+):(\d+)/.exec(contact) ?? [];
    const lines = [
      `${method} sip:${contact} SIP/2.0`,
      `Via: SIP/2.0/UDP ${host}:${port};branch=z9hG4bK${randomBytes(8).toString('hex')}`,
      `From: ${invite.headers.get('to')};tag=${TAG}`,
      `To: ${invite.headers.get('from')}`,
      `Call-ID: ${invite.callId}`,
      `CSeq: ${number} ${method}`,
      'Max-Forwards: 70',
      ...(body === '' ? [] : ['Content-Type: application/csta+xml']),
      `Content-Length: ${Buffer.byteLength(body)}`,
    ];
    socket.send(`${lines.join('\r\n')}\r\n\r\n${body}`, Number(toPort), toHost);
    return when(() => responses.find((one) => one.sequence.number === number && one.sequence.method === method));
  };

  const phone: ScriptedSipPhone = {
    uri: `sip:101@${host}:${port}`,
    host,
    port,
    requests,
    responses,
    script,
    received: (method, count = 1) => when(() => requests.filter((one) => one.method === method)[count - 1]),
    inform: (invite, body) => within(invite, 'INFO', body),
    hangUp: (invite) => within(invite, 'BYE', ''),
    async [Symbol.asyncDispose]() {
      const closed = once(socket, 'close');
      socket.close();
      await closed;
    },
  };
  return phone;
}

/** Bodies of the requests of that method, each transaction once. */
export function bodiesOf(phone: ScriptedSipPhone, method: string): readonly string[] {
  const branches = new Map<string | null | undefined, string>();
  for (const request of phone.requests) {
    if (request.method === method) branches.set(request.via.parameters.get('branch'), bodyText(request));
  }
  return [...branches.values()];
}

function responseText(
  request: SipRequest,
  { status, headers = {}, body = '' }: SipScriptAnswer,
  contact: string,
): string {
  const to = request.headers.get('to') ?? '';
  const copied = ['Via', 'From', 'Call-ID', 'CSeq'].flatMap((name) =>
    request.headers.all(name).map((value) => `${name}: ${value}`),
  );
  const lines = [
    `SIP/2.0 ${status} Scripted`,
    ...copied,
    `To: ${/;tag=/.test(to) ? to : `${to};tag=${TAG}`}`,
    ...(request.method === 'INVITE' ? [`Contact: <${contact}>`] : []),
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
    `Content-Length: ${Buffer.byteLength(body)}`,
  ];
  return `${lines.join('\r\n')}\r\n\r\n${body}`;
}

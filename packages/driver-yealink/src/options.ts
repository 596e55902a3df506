import { ACCOUNT_URI, accountUris, type DriverOptions } from '@hookswitch/core';
import { z } from 'zod';

/** Where Action URI requests go. */
const ACTION_URI_PATHS = ['/servlet', '/cgi-bin/ConfigManApp.com', '/cgi-bin/cgiServer.exx'] as const;
/** A path of the Action URI. */
export type ActionUriPath = (typeof ACTION_URI_PATHS)[number];

/** Keys that answer a call, by guide, product and firmware. */
const ANSWER_KEYS = ['ANSWER', 'ASW', 'OK', 'ENTER'] as const;
/** A key that answers. */
export type AnswerKey = (typeof ANSWER_KEYS)[number];

/** Where pictures of the screen come from, in the order in which they are tried. */
export const SCREEN_PATHS = [
  '/screencapture',
  '/screencapture/download',
  '/servlet?command=screenshot',
  '/servlet?m=mod_action&command=screenshot',
] as const;
const flag = (byDefault: boolean) => z.stringbool({ error: 'true or false' }).default(byDefault);
const count = (max: number) => z.string().regex(/^\d+$/, 'A whole number').transform(Number).pipe(z.number().max(max));
const line = (max: number) =>
  z
    .string()
    .min(1)
    .max(max)
    .regex(/^[^\p{Cc}]+$/u, 'No control characters');

const accounts = z
  .string()
  .transform(accountUris)
  .pipe(z.array(z.string().regex(ACCOUNT_URI, 'Each as user@host')));

const schema = z.strictObject({
  pushUsername: line(64).optional(),
  pushPassword: z.string().min(1).max(64).optional(),
  answerKey: z.enum(['auto', ...ANSWER_KEYS]).default('auto'),
  rejectKey: z.enum(['auto', 'X', 'CANCEL']).default('auto'),
  callAddressedKeys: flag(false),
  keySequences: z.enum(['auto', 'on', 'off']).default('auto'),
  attendedTransfer: z.enum(['ATrans', 'keys']).default('ATrans'),
  notifyDialForm: z.enum(['number', 'key']).default('number'),
  reregisterByCheckSync: flag(false),
  path: z.enum(['auto', ...ACTION_URI_PATHS]).default('auto'),
  loginForm: flag(false),
  bracketedSelectors: flag(false),
  screenPath: z.enum(['auto', ...SCREEN_PATHS]).default('auto'),
  xmlPush: flag(true),
  accountUris: accounts.default([]),
  lineKeys: count(200).optional(),
  expansionKeys: count(200).optional(),
  stepPauseMs: count(10_000).default(250),
});

/** The options of a Yealink phone, checked. */
export type YealinkOptions = z.output<typeof schema>;

/** The options of a Yealink phone: how they are checked and what each does. */
export const options: DriverOptions<YealinkOptions> = {
  schema,
  descriptions: {
    pushUsername: 'User name that the phone demands for XML push (push_xml.username). Left out: the web user.',
    pushPassword: 'Password that the phone demands for XML push (push_xml.password).',
    answerKey:
      'Which key answers: ANSWER, ASW, OK or ENTER. auto: OK before V80, ANSWER on V80 and where the firmware is not known, ASW from V81 on.',
    rejectKey:
      'Which key rejects: X or CANCEL. auto: X before V81 and where the firmware is not known, CANCEL from then on.',
    callAddressedKeys:
      'true: answer, hang up, hold and resume name their call (ASW:<id>, CANCEL:<id>, HOLD:<id>, UNHOLD:<id>) where its call_id is known. In the guides from V81 on; one project found a T53W that ignores them.',
    keySequences:
      'on: several keys go out as one request, key=K1;K2. off: one request a key. auto: on from V81 on where the model is known to take them, over HTTP only.',
    attendedTransfer:
      'ATrans: key=ATrans=number begins an attended transfer. keys: F_TRANSFER, the digits, then OK (POUND where there is no OK key).',
    notifyDialForm:
      'How dial is written by SIP NOTIFY. number: number=1234&outgoing_uri=sip:user@host, as one product does. key: key=number=1234&outgoing_uri=user@host, as the guide describes.',
    reregisterByCheckSync:
      'true: reregister sends check-sync;reboot=reregister-only, as Snom phones know it. Unless sip.notify_reboot_enable is 0 the phone restarts for it; what it does with 0 is not known.',
    path: 'Where Action URI requests go: /servlet, /cgi-bin/ConfigManApp.com or /cgi-bin/cgiServer.exx. auto: ConfigManApp.com up to V70, else /servlet; where the firmware is not known and /servlet is not there, ConfigManApp.com next.',
    loginForm:
      'true: the phone gets its web user and password in the URL (p=login&q=login&username=…), as the guides describe for phones that ask for a login. Only with HTTPS, or in a network that you trust.',
    bracketedSelectors: 'true: phonecfg=get[&accounts=1][&dnd=1][&fw=1], with the square brackets of the guide.',
    screenPath: 'Where the picture of the screen is. auto: all known paths one after the other.',
    xmlPush:
      'false: nothing is pushed to this phone as XML, neither over HTTP nor by SIP: no messages, lights, key or setting changes.',
    accountUris:
      'The accounts of the phone in their order, each as user@host, separated by commas. dial uses the first where it is told no other.',
    lineKeys: "How many line keys the phone has, where the driver's table is wrong.",
    expansionKeys: 'How many keys one expansion module of the phone has.',
    stepPauseMs: 'Milliseconds between the steps of a command that takes several, such as cancelTransfer. Default 250.',
  },
  credentials: { push: { username: 'pushUsername', password: 'pushPassword' } },
};

/** The options that a phone has if nobody sets any. */
export const DEFAULT_OPTIONS: YealinkOptions = schema.parse({});

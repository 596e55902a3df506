import type { DriverOptions } from '@hookswitch/core';
import { z } from 'zod';

const yesNo = (otherwise: boolean) => z.stringbool({ error: 'true or false' }).default(otherwise);
const count = (most: number) =>
  z
    .string()
    .regex(/^\d{1,5}$/, 'a whole number')
    .transform(Number)
    .refine((number) => number <= most, `at most ${most}`);

const account = /^(?:sips?:)?[^@\s:;,<>"&=]+@[^@\s,;<>"&=]+$/;

const schema = z.strictObject({
  accounts: z
    .string()
    .default('')
    .transform((text) => text.split(/[\s,]+/).filter((part) => part !== ''))
    .refine((parts) => parts.every((part) => account.test(part)), 'each as user@host, separated by commas')
    .refine((parts) => parts.length <= 12, 'a phone has at most 12 identities')
    .transform((parts): readonly string[] => parts.map((part) => part.replace(/^sips?:/, ''))),
  csta_legacy_control: z.enum(['0', '1', '2']).default('2'),
  cstaNamespace: z.enum(['ed3', 'ed4', 'ed5']).default('ed4'),
  xmlPushForm: z.enum(['escaped', 'quoted', 'cdata']).default('escaped'),
  answerKey: z
    .string()
    .regex(/^(ENTER|OFFHOOK|HEADSET|SPEAKER|P[1-9]\d{0,2})$/, 'ENTER, OFFHOOK, HEADSET, SPEAKER or P1…')
    .default('ENTER'),
  conferenceKey: z.enum(['auto', 'F_CONFERENCE', 'F_CONF_ON']).default('auto'),
  callJoinOnTransfer: yesNo(false),
  stepPauseMs: count(10_000).default(0),
  notifyPauseMs: count(10_000).default(2_000),
  talkAndHold: z.enum(['auto', 'on', 'off']).default('auto'),
  dialByInvite: yesNo(false),
  uacstaEvents: yesNo(false),
  functionKeys: count(220).optional(),
  expansionKeys: count(144).optional(),
  ledOffset: count(99).optional(),
  blacklistScreening: yesNo(false),
  remoteControl: z.enum(['auto', 'on', 'off']).default('auto'),
});

/** The options of one Snom phone, checked, defaults filled in. */
export type SnomOptions = z.output<typeof schema>;

/** The options that this driver takes for a phone. */
export const options: DriverOptions<SnomOptions> = {
  schema,
  descriptions: {
    accounts:
      "The phone's identities in their order, as `user@host`, separated by commas: CSTA names devices by them. Empty: index 1 (firmware 8.7.4 and later), or as the phone tells.",
    csta_legacy_control:
      "The phone's setting of that name. `0`: calls are named as before 8.7 (bare ids). Default `2`.",
    cstaNamespace: 'Edition in the namespace of CSTA requests in an envelope: `ed3`, `ed4` (default) or `ed5`.',
    xmlPushForm: 'How CSTA XmlPush carries the document: `escaped` (default), `quoted` or `cdata`; Snom does not say.',
    answerKey:
      'The key that answers where CSTA cannot: `ENTER` (default), `OFFHOOK`, `HEADSET`, `SPEAKER` or a `P` key.',
    conferenceKey:
      'The key event that makes a conference: `F_CONFERENCE` or `F_CONF_ON`. Default `auto`: by firmware, below 10 `F_CONF_ON`.',
    callJoinOnTransfer:
      '`true` where the phone\'s "Call Join on Xfer" is on: a transfer is completed with TRANSFER, then ENTER.',
    stepPauseMs: 'Pause in milliseconds between the steps of a recipe that is sent as one key command. Default 0.',
    notifyPauseMs: 'Pause in milliseconds between the SIP NOTIFYs of one command. Default 2000, as measured on a D862.',
    talkAndHold:
      "NOTIFY `Event: talk` and `hold`, to answer and to hold. Default `auto`: where the phone names both in `Allow-Events`, behind keys by HTTP and before keys by NOTIFY. `on`: before all keys, for phones that obey them outside of the call's dialog. `off`: never.",
    dialByInvite:
      '`true`: where nothing else dials, the phone is called, has to answer by itself (`answer_after_policy`), and is referred to the number. Needs the option accounts.',
    uacstaEvents:
      '`true`: the gateway listens to the phone by uaCSTA (MonitorStart), so that its calls are told over SIP too. Firmware 8.7.1 and later, with csta_control on; give the option accounts. Action URLs tell the same: one of the two is enough, both are one call.',
    functionKeys: "Number of programmable keys, where it is not the model's.",
    expansionKeys: "Number of keys of expansion modules that key commands may press, where it is not the model's.",
    ledOffset: "What is added to a key's index to get the number of its minibrowser LED, where it is not the model's.",
    blacklistScreening:
      '`true`: `action_blacklist_url` is offered (firmware 8.9.3.70 and later). The gateway then decides which calls ring.',
    remoteControl: '`on`: use command.htm although the model has none by the documents; `off`: never. Default `auto`.',
  },
};

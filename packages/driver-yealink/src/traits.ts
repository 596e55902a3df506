import type { PhoneProfile } from '@hookswitch/core';
import { type Firmware, isSince, parseFirmware, SINCE } from './firmware.ts';
import { findModel, MOST_LINE_KEYS, MOST_MEMORY_KEYS, modelOfFamily, type YealinkModel } from './models.ts';
import type { ActionUriPath, AnswerKey, YealinkOptions } from './options.ts';

/** What model, firmware and options together decide about one phone. */
export interface Traits {
  readonly model: YealinkModel | null;
  readonly firmware: Firmware | null;
  readonly options: YealinkOptions;
  /** Where the Action URI may be, in the order in which the paths are tried. */
  readonly paths: readonly [ActionUriPath, ...ActionUriPath[]];
  readonly answerKey: AnswerKey;
  readonly rejectKey: 'X' | 'CANCEL';
  /** Whether `key=K1;K2` may be sent. */
  readonly keySequences: boolean;
  /** The highest `L…` key. */
  readonly lineKeys: number;
  /** The highest `D…` key. */
  readonly memoryKeys: number;
  /** Null: not known. */
  readonly expansionKeys: number | null;
  /** Which credentials answer the challenge of an XML push. */
  readonly pushCredentials: 'push' | 'web';
}

/**
 * The key that answers, where no option names it.
 *
 * The sources disagree. The vendor: `ANSWER` in the guide of V80, `ASW` from V81 on. Products: wazo-phoned and
 * ns8-nethvoice send `ANSWER`, fspbx `OK` (by SIP NOTIFY: a ringing T53W with 96.86.0.70 did not answer to `ANSWER`
 * and `ENTER`), others `OK` or `ENTER`. The vendor's word for the generation is taken; older phones, whose guides have
 * no key for it, get the OK key that answers by hand. The option `answerKey` is for all others.
 */
function answerKeyFor(firmware: Firmware | null): AnswerKey {
  if (isSince(firmware, SINCE.actionUriV81, false)) return 'ASW';
  return isSince(firmware, SINCE.actionUriV80, true) ? 'ANSWER' : 'OK';
}

/**
 * The guides from V81 on have `key=K1;K2`, but not for touch models. The guide of the T58A and T58V gives an example of
 * it nevertheless; one request a key works on all of them, so that is what they get.
 */
function sequencesFor(model: YealinkModel | null, firmware: Firmware | null): boolean {
  return model?.touch === false && isSince(firmware, SINCE.actionUriV81, false);
}

/**
 * Where the Action URI is: on `ConfigManApp.com` alone up to V70. A phone whose firmware nobody knows may be such a one:
 * where it does not know `/servlet` it has pressed nothing, and the older path is next.
 */
function pathsFor(option: YealinkOptions['path'], firmware: Firmware | null): Traits['paths'] {
  if (option !== 'auto') return [option];
  if (firmware === null) return ['/servlet', '/cgi-bin/ConfigManApp.com'];
  return firmware.generation <= SINCE.configManOnly ? ['/cgi-bin/ConfigManApp.com'] : ['/servlet'];
}

/** Works out the traits of a phone. A model that nobody named is taken from the firmware's family, if that has one. */
export function traitsOf(phone: PhoneProfile<YealinkOptions>): Traits {
  const { options } = phone;
  const firmware = parseFirmware(phone.firmware);
  const model = findModel(phone.model) ?? findModel(firmware === null ? null : modelOfFamily(firmware.family));
  const rejectKey = isSince(firmware, SINCE.actionUriV81, false) ? 'CANCEL' : 'X';
  return {
    model,
    firmware,
    options,
    paths: pathsFor(options.path, firmware),
    answerKey: options.answerKey === 'auto' ? answerKeyFor(firmware) : options.answerKey,
    rejectKey: options.rejectKey === 'auto' ? rejectKey : options.rejectKey,
    keySequences: options.keySequences === 'auto' ? sequencesFor(model, firmware) : options.keySequences === 'on',
    lineKeys: options.lineKeys ?? model?.functionKeys ?? MOST_LINE_KEYS,
    memoryKeys: model?.memoryKeys ?? MOST_MEMORY_KEYS,
    expansionKeys: options.expansionKeys ?? model?.expansionKeys ?? null,
    pushCredentials: options.pushUsername === undefined ? 'web' : 'push',
  };
}

import { type DriverContext, type Finding, type Outcome, type PhoneInfo, TransportError } from '@hookswitch/core';
import { phoneInfo } from './capabilities/device.ts';
import { sipFindings } from './diagnose-sip.ts';
import { notice, ok, problem } from './findings.ts';
import { parseFirmware } from './firmware.ts';
import { findModel, modelsOfFamily } from './models.ts';
import type { YealinkOptions } from './options.ts';
import { type Traits, traitsOf } from './traits.ts';

type Failed = Extract<Outcome<PhoneInfo>, { status: 'FAILED' }>;

function findingOf({ failure }: Failed): Finding {
  switch (failure.code) {
    case 'PHONE_UNREACHABLE':
      return problem(
        'UNREACHABLE',
        failure.message,
        "Check the phone's address and that its web server is on (static.wui.http_enable, static.wui.https_enable).",
      );
    case 'PHONE_UNAUTHORIZED':
      return problem(
        'CREDENTIALS_REFUSED',
        failure.message,
        'Give the user and password of its web interface, usually admin. The gateway does not try again by itself: phones lock after a few wrong ones.',
      );
    case 'APPROVAL_PENDING':
      return problem(
        'APPROVAL_PENDING',
        failure.message,
        'Press OK on the phone, or set features.show_action_uri_option = 0.',
      );
    case 'RATE_LIMITED':
      return problem(
        'LOCKED_OUT',
        failure.message,
        `Wait ${Math.ceil(failure.retryAfterMs / 1000)} seconds, or restart the phone by its power, then correct the password.`,
      );
    case 'PHONE_REJECTED':
      return failure.phoneStatus === 403
        ? problem(
            'ACTION_URI_REFUSED',
            failure.message,
            'Set features.action_uri.enable = 1 and add the gateway to features.action_uri_limit_ip. Behind NAT or in a container the phone sees another address than the gateway has.',
          )
        : problem(
            'PHONECFG_UNREADABLE',
            failure.message,
            "Check that the address is the phone's own and not a proxy's.",
          );
    default:
      return problem('ACTION_URI_FAILED', failure.message, 'See the message.');
  }
}

/** What the phone said of itself, against what is configured of it. */
function profileFindings(context: DriverContext<YealinkOptions>, info: PhoneInfo): readonly Finding[] {
  const findings: Finding[] = [];
  const said = parseFirmware(info.firmware);
  if (info.firmware !== null && context.phone.firmware !== null && info.firmware !== context.phone.firmware) {
    findings.push(
      notice(
        'FIRMWARE_DIFFERS',
        `The phone has firmware ${info.firmware}; ${context.phone.firmware} is on record, and keys are chosen by it.`,
        'Correct the firmware of the phone.',
      ),
    );
  }
  const family = modelsOfFamily(said?.family ?? 0);
  const model = findModel(context.phone.model);
  if (family.length > 0 && model !== null && !family.includes(model.model)) {
    findings.push(
      notice(
        'MODEL_DIFFERS',
        `Firmware ${info.firmware} is made for ${family.join(', ')}, but the phone is on record as ${model.model}.`,
        'Correct the model of the phone.',
      ),
    );
  }
  if (info.accounts.length > 0 && info.accounts.every(({ enabled }) => enabled === false)) {
    findings.push(notice('NO_ACCOUNT_ENABLED', 'None of its accounts is switched on.', 'Set account.1.enable = 1.'));
  }
  return findings;
}

/** What the options ask for against what the model has. */
function optionFindings(traits: Traits, bySip: boolean): readonly Finding[] {
  const findings: Finding[] = [];
  if (traits.model?.lacksKeys.includes(traits.answerKey)) {
    findings.push(
      problem(
        'ANSWER_KEY_MISSING',
        `A ${traits.model.model} has no ${traits.answerKey} key.`,
        'Set the option answerKey to ASW.',
      ),
    );
  }
  if (traits.model?.touch === true && traits.options.keySequences === 'on') {
    findings.push(
      notice(
        'KEY_SEQUENCES_NOT_TAKEN',
        `By the guides a ${traits.model.model} takes one key a request.`,
        'Set the option keySequences to auto or off.',
      ),
    );
  }
  if (traits.options.xmlPush) {
    findings.push(
      notice(
        'XML_PUSH_UNTRIED',
        'Whether the phone takes XML pushes cannot be read from it.',
        `Try showMessage. If it is refused, set push_xml.server to the gateway${bySip ? ', by SIP push_xml.sip_notify to 1' : ''}, or the option xmlPush to false.`,
      ),
    );
  }
  return findings;
}

async function ask(traits: Traits, context: DriverContext<YealinkOptions>): Promise<Outcome<PhoneInfo>> {
  try {
    return await phoneInfo(traits, context);
  } catch (error) {
    if (TransportError.is(error)) return error.outcome;
    throw error;
  }
}

/**
 * Asks the phone for its `phonecfg`, once: that goes through the same gates as every key (address, credentials, allow
 * list, prompt, lock) and changes nothing.
 */
async function httpFindings(traits: Traits, context: DriverContext<YealinkOptions>): Promise<readonly Finding[]> {
  const outcome = await ask(traits, context);
  switch (outcome.status) {
    case 'FAILED':
      return [findingOf(outcome)];
    case 'UNKNOWN':
      return [problem('NO_ANSWER', outcome.reason, 'Try again; restart the phone if that lasts.')];
    case 'NOT_HERE':
      return [
        notice(
          'PHONECFG_MISSING',
          outcome.reason,
          'Old firmware may know keys nevertheless: try one, and the option path if it fails.',
        ),
      ];
    default:
      return [
        ok('ACTION_URI_OPEN', 'The phone answers the gateway: address, credentials and allow list are right.'),
        ...profileFindings(context, outcome.value),
      ];
  }
}

/** Looks for what blocks control, over HTTP and by SIP as far as the phone is reached by them. */
export async function diagnose(context: DriverContext<YealinkOptions>): Promise<readonly Finding[]> {
  const traits = traitsOf(context.phone);
  const { http, sip } = context.phone.reachableBy;
  return [
    ...(http ? await httpFindings(traits, context) : []),
    ...(sip ? await sipFindings(context) : []),
    ...optionFindings(traits, sip),
  ];
}

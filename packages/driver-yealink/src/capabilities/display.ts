import { type Commands, type DriverContext, failed, invalidArgument, notHere, type Outcome } from '@hookswitch/core';
import { isXmlText } from '../wire/encoding.ts';
import { objectionTo } from '../wire/xml-check.ts';
import { execute, fits, MAX_XML_BYTES, textScreen } from '../wire/xml-objects.ts';
import { refuse, takeDestination } from './arguments.ts';
import type { DocumentWay } from './way.ts';

/**
 * Pushes a document as it is, once it is known to be an XML object of the vendor's, short enough, and not the work of
 * another command (settings, dialling, keys, restarts), whose policy it would get round.
 */
export async function pushXml(
  way: DocumentWay,
  command: Commands['pushXml'],
  context: DriverContext,
): Promise<Outcome> {
  const objection = objectionTo(command.document);
  if (objection !== null) return failed(invalidArgument('document', `The document cannot be pushed: ${objection}.`));
  return way.push(command.document, context);
}

/** Shows a text as `YealinkIPPhoneTextScreen`; silent unless a beep is asked for. */
export async function showMessage(
  way: DocumentWay,
  command: Commands['showMessage'],
  context: DriverContext,
): Promise<Outcome> {
  const { title, text, timeoutSeconds, beep } = command;
  for (const [argument, value] of [
    ['title', title],
    ['text', text],
  ] as const) {
    if (!isXmlText(value)) return refuse(argument, 'It holds characters that XML does not allow.').refusal;
  }
  if (timeoutSeconds !== undefined && timeoutSeconds < 0) {
    return refuse('timeoutSeconds', 'A time cannot be negative.').refusal;
  }
  const document = textScreen({ title, text, timeoutSeconds, beep: beep ?? false });
  if (!fits(document)) return refuse('text', `With its markup it has more than ${MAX_XML_BYTES} bytes.`).refusal;
  return way.push(document, context);
}

/** Dials by an XML `Execute` of `Dial:<number>`: the way that is left where the Action URI is not there. */
export async function dialByPush(
  way: DocumentWay,
  command: Commands['dial'],
  context: DriverContext,
): Promise<Outcome> {
  const to = takeDestination(command.to, 'to');
  if ('refusal' in to) return to.refusal;
  if (command.from !== undefined) return notHere('An XML push cannot choose the account to dial from.');
  return way.push(execute([`Dial:${to.value}`]), context);
}

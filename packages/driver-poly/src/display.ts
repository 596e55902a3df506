import {
  ACCEPTED,
  type Commands,
  type DriverContext,
  failed,
  invalidArgument,
  type Outcome,
  phoneRejected,
} from '@hookswitch/core';
import { page, pushOf } from './wire/document.ts';
import { pushRequest } from './wire/requests.ts';

/** Pushes a document as it is, once it is known to be one, and not the work of another command. */
export const pushXml = ({ document }: Commands['pushXml'], context: DriverContext): Promise<Outcome> =>
  push(document, 'document', context);

/** Shows a page; the phone has no time and no sound for it that one push could choose. */
export async function showMessage(command: Commands['showMessage'], context: DriverContext): Promise<Outcome> {
  const { title, text, timeoutSeconds, beep } = command;
  if (timeoutSeconds !== undefined)
    return failed(invalidArgument('timeoutSeconds', 'The phone shows it until it is closed.'));
  if (beep === true) return failed(invalidArgument('beep', 'Only the setting apps.push.alertSound has pushes heard.'));
  return push(page(title, text), 'text', context);
}

/** The phone answers at once; whether its browser could show it, it does not tell (the guide, page 23). */
async function push(document: string, argument: string, { http }: DriverContext): Promise<Outcome> {
  const checked = pushOf(document);
  if ('objection' in checked) return failed(invalidArgument(argument, `It cannot be pushed: ${checked.objection}.`));
  const { status } = await http.send(pushRequest(document, checked.contentType));
  if (status >= 200 && status < 300) return ACCEPTED;
  const message = `The phone answered ${status} to a push: look at apps.push.messageType and its login.`;
  return failed(phoneRejected(message, { phoneStatus: status }));
}

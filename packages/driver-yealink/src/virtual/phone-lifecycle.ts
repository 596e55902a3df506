import { autoProvision } from './auto-provisioning.ts';
import { DARK } from './line-leds.ts';
import { FACTORY_LOGIN, type PhoneBase } from './phone-base.ts';
import type { PhoneCalls } from './phone-calls.ts';
import type { PhoneControls } from './phone-controls.ts';

/** Power-on: provisioning, registration, and the events of both. */
export const boot = async (base: PhoneBase, calls: PhoneCalls): Promise<void> => {
  const { reporter } = base;
  const files = await autoProvision(base);
  const registered = calls.registrations.connectAll();
  reporter.report('setup_completed');
  if (files.length > 0) reporter.report('setup_autop_finish');
  for (const account of registered) reporter.report('registered', { account });
};

/** Ends and forgets all that a phone without power cannot keep. Nothing fires. */
export const dropState = (base: PhoneBase, calls: PhoneCalls, controls: PhoneControls): void => {
  const { lights, features, prompt, quirks, login } = base;
  calls.registrations.disconnectAll();
  calls.desk.reset();
  calls.consultation.reset();
  calls.events.reset();
  controls.browser[Symbol.dispose]();
  for (const name of Object.keys(lights.toRecord())) lights.set(name, DARK);
  features.turn('mute', false);
  prompt.reset(quirks.forgetsApprovalOnReboot);
  // A power cycle opens a locked phone.
  login.unlock();
};

/** What `Reset` takes back to how the phone left the factory, before it reboots. */
export const resetToFactory = ({ settings, features, login }: PhoneBase): void => {
  login.settings.credentials = [FACTORY_LOGIN];
  settings.resetAll();
  for (const kind of ['always', 'busy', 'noAnswer'] as const) features.setForward(kind, { on: false, target: '' });
  features.turn('dnd', false);
  features.turn('callWaiting', true);
};

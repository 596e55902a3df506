import type { Scope } from '../session/session.ts';

/** What each right lets a key do, in the order of the form. */
export const RIGHT_NAMES: Readonly<Record<Scope, string>> = {
  PHONES_READ: 'See phones',
  EVENTS_READ: 'See calls and events',
  CALLS_CONTROL: 'Control calls',
  KEYS_PRESS: 'Press keys',
  DISPLAY_WRITE: 'Write on displays',
  SETTINGS_WRITE: 'Change settings',
  DEVICE_MANAGE: 'Restart and provision',
  AUDIT_READ: 'Read the audit',
  ADMIN: 'All of it',
};

const isRight = (name: string): name is Scope => name in RIGHT_NAMES;

/** All rights. */
export const RIGHTS: readonly Scope[] = Object.keys(RIGHT_NAMES).filter(isRight);

/** What each option does, for people. */
export const DESCRIPTIONS = {
  accounts:
    'The phone’s lines in their order, as user@host, separated by commas: dial chooses the line by them, and registrations are told by them. Empty: line 1.',
  refForm:
    'How calls are named to the phone: 0x, as 0x41aa9c00, or bare, as 41aa9c00. Firmware tells them in both ways; default 0x.',
  pushUsername: 'User name that the phone demands for pushes (apps.push.username). Left out: nothing is pushed.',
  pushPassword: 'Password that the phone demands for pushes (apps.push.password).',
};

import { describe, expect, test } from 'vitest';
import { CAPABILITIES, COMMAND_CAPABILITIES, COMMAND_NAMES, capabilityOf } from '../src/index.ts';

/** Capabilities that are read, not commanded. */
const READINGS = ['SCREEN', 'PHONE_INFO', 'READ_SETTINGS'];

describe('commands', () => {
  test('each capability has a command or is a reading, and each command a capability', () => {
    const commanded = new Set<string>([...Object.values(COMMAND_CAPABILITIES), ...READINGS]);
    expect([...commanded].sort()).toEqual([...CAPABILITIES].sort());
    expect(COMMAND_NAMES).toHaveLength(33);
    expect(new Set(COMMAND_NAMES).size).toBe(33);
  });

  test('a command needs the capability of the table', () => {
    expect(capabilityOf('dial', { to: '1' })).toBe('DIAL');
    expect(capabilityOf('completeTransfer', {})).toBe('TRANSFER_ATTENDED');
    expect(capabilityOf('refreshCalls', {})).toBe('CALL_SNAPSHOT');
    expect(capabilityOf('showMessage', { title: '', text: '' })).toBe('DISPLAY');
  });

  test('a transfer needs one by its kind', () => {
    expect(capabilityOf('transfer', { to: '1', kind: 'BLIND' })).toBe('TRANSFER_BLIND');
    expect(capabilityOf('transfer', { to: '1', kind: 'ATTENDED' })).toBe('TRANSFER_ATTENDED');
  });
});

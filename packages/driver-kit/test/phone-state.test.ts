import { expect, test } from 'vitest';
import { accountFor, accountUri, ObservableMap, type PhoneAccount, PhoneFeatures } from '../src/virtual/index.ts';

test('a map tells of changes, and only of changes', () => {
  const settings = new ObservableMap({ language: 'English' });
  const heard: string[] = [];
  settings.onChange(({ key, before, after }) => heard.push(`${key}: ${before} -> ${after}`));
  expect(settings.set('language', 'English')).toBe(false);
  expect(settings.set('language', 'Deutsch')).toBe(true);
  settings.assign({ language: 'Deutsch', tone: 'GER' });
  expect(settings.delete('tone')).toBe(true);
  expect(settings.delete('tone')).toBe(false);
  expect(heard).toEqual(['language: English -> Deutsch', 'tone: undefined -> GER', 'tone: GER -> undefined']);
  expect(settings.toRecord()).toEqual({ language: 'Deutsch' });
});

test('waits for a state, not for a change that is over', async () => {
  const lights = new ObservableMap<{ state: string }>();
  lights.set('P1', { state: 'on' });
  lights.set('P1', { state: 'off' });
  const lit = lights.waitFor('P1', (light) => light?.state === 'on');
  lights.set('P2', { state: 'on' });
  lights.set('P1', { state: 'on' });
  await lit;
  await lights.waitFor('P2', (light) => light?.state === 'on');
  await expect(lights.waitFor('P3', (light) => light !== undefined, { timeoutMs: 1 })).rejects.toThrow('entry P3');
});

test('features start as a new phone has them and say whether something changed', () => {
  const features = new PhoneFeatures();
  expect([features.isOn('dnd'), features.isOn('callWaiting'), features.isOn('vendorSpecial')]).toEqual([
    false,
    true,
    false,
  ]);
  expect([features.turn('dnd', true), features.turn('dnd', true)]).toEqual([true, false]);
  expect(features.setForward('always', { on: true, target: '1003' })).toBe(true);
  expect(features.setForward('always', { target: '1003' })).toBe(false);
  expect(features.forward('always')).toEqual({ on: true, target: '1003', afterSeconds: 0 });
});

test('dials from the account that the URI names, or else from the first that is registered', () => {
  const account = (index: number, registered: boolean): PhoneAccount => {
    const number = `100${index}`;
    return { index, registered, enabled: true, label: '', number, displayName: '', domain: 'pbx' };
  };
  const accounts = [account(1, false), account(2, true), account(3, true)];
  expect(accountFor(accounts)?.index).toBe(2);
  expect(accountFor(accounts, 'sip:1003@pbx')?.index).toBe(3);
  expect(accountFor(accounts, '1003')?.index).toBe(3);
  expect(accountFor(accounts, '1001@pbx')).toBeUndefined();
  expect(accountUri(account(2, true))).toBe('1002@pbx');
});

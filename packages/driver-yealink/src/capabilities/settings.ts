import { accepted, type Commands, type DriverContext, type Outcome, readOutcome } from '@hookswitch/core';
import { isActionUrlSetting, urlObjection } from '../action-urls.ts';
import type { ConfigurationItem } from '../wire/xml-objects.ts';
import { configurations, fits, MAX_XML_BYTES } from '../wire/xml-objects.ts';
import { refuse, takeSettingName, takeSettingValue } from './arguments.ts';
import { pushConfiguration } from './push.ts';
import type { DocumentWay } from './way.ts';

const tooLong = (item: ConfigurationItem): boolean => configurations([item]).some((document) => !fits(document));

/** Writes settings by `YealinkIPPhoneConfiguration`. The phone never tells what it holds, so a 200 is all there is. */
export async function writeSettings(
  way: DocumentWay,
  command: Commands['writeSettings'],
  context: DriverContext,
): Promise<Outcome> {
  if (command.settings.length === 0) return refuse('settings', 'Name at least one setting.').refusal;
  for (const [at, setting] of command.settings.entries()) {
    const name = takeSettingName(setting.name, `settings.${at}.name`);
    if ('refusal' in name) return name.refusal;
    const value = takeSettingValue(setting.value, `settings.${at}.value`);
    if ('refusal' in value) return value.refusal;
    if (tooLong(setting)) return refuse(`settings.${at}.value`, `More than ${MAX_XML_BYTES} bytes.`).refusal;
  }
  return pushConfiguration(way, command.settings, context);
}

/**
 * Writes action URLs as settings. None of them can be read back: all are named `unreadable`, and only an
 * event proves that they work.
 */
export async function configureActionUrls(
  way: DocumentWay,
  command: Commands['configureActionUrls'],
  context: DriverContext,
): Promise<Outcome<{ readonly unreadable: readonly string[] }>> {
  const names = command.urls.map(({ setting }) => setting);
  if (names.length === 0) return accepted({ unreadable: [] });
  for (const [at, { setting, url }] of command.urls.entries()) {
    if (!isActionUrlSetting(setting)) return refuse(`urls.${at}.setting`, `${setting} is no action URL.`).refusal;
    const objection = urlObjection(url);
    if (objection !== null) return refuse(`urls.${at}.url`, objection).refusal;
  }
  const outcome = await pushConfiguration(
    way,
    command.urls.map(({ setting, url }) => ({ name: setting, value: url })),
    context,
  );
  return readOutcome(outcome, () => ({ unreadable: names }));
}

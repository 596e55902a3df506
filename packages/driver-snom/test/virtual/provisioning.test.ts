import { expect, test } from 'vitest';
import { Office } from './office.ts';

const SETTINGS = '<phone-settings><language>Deutsch</language><dim_timer>10</dim_timer></phone-settings>';

test.each([
  ['a file with settings', 200, `<settings>${SETTINGS}</settings>`, 2],
  ['a file that was not found', 404, `<settings>${SETTINGS}</settings>`, 0],
  ['a file without settings of the phone', 200, '<settings><tbook/></settings>', 0],
  ['a file of something else', 200, `<other>${SETTINGS}</other>`, 0],
  ['a file that is none', 200, 'language: Deutsch', 0],
])('setting_server answers with %s', async (...[_, status, body, count]) => {
  await using office = await Office.open();
  office.answers.set('/file', { status, body });
  const phone = await office.phone({ settings: { setting_server: `${office.gateway.address}/file` } });
  expect(await phone.provision()).toBe(count);
  const language = count === 0 ? 'English' : 'Deutsch';
  expect([phone.settings.get('language'), phone.memory.flash['language']]).toEqual([language, language]);
});

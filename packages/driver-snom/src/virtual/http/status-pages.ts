import { renderBitmap } from '@hookswitch/driver-kit/virtual';
import { screenLines } from '../display.ts';
import { escapeXml } from '../xml.ts';
import { page, pageTitle } from './html.ts';
import type { PageHandler } from './page-request.ts';

/** `info.htm`: what Symcon's module reads is there as it reads it (`Mac:` with twelve capitals, `Hardware:`); the rest is a guess. */
export const infoPage: PageHandler = ({ profile, memory }) => {
  const warnings = [
    ...(memory.get('http_pass') === '' ? ['PhoneHasNoHttpPassword'] : []),
    ...(memory.get('admin_mode_password') === '0000' ? ['PhoneHasNoAdminPassword'] : []),
  ];
  const facts = [
    `Phone Type: ${memory.get('phone_type')}`,
    `Hardware: ${profile.name}`,
    `Mac:${memory.get('mac')}`,
    `Firmware-Version: ${memory.get('firmware_version')}`,
    ...warnings,
  ];
  return page(pageTitle(profile), `<pre>\n${facts.map(escapeXml).join('\n')}\n</pre>`);
};

/** `state_of_gui.htm`: lights by state lists. LEDs set by a document are not among them (Snom's own note). */
export const guiStatePage: PageHandler = ({ profile, telephony }) => {
  const states = telephony.legs.map(
    ({ state }) => `<li>PhoneHasCallInState${state[0]?.toUpperCase()}${state.slice(1)}</li>`,
  );
  return page(pageTitle(profile), `<ul>${states.join('')}</ul>`);
};

/** `xml_entities.htm`: a virtual phone has no XML definitions. */
export const xmlEntitiesPage: PageHandler = ({ profile }) => page(pageTitle(profile), '<pre></pre>');

/** The screen as a BMP file. 820 and 821 leave out the line information until told `FIX_LIL=true`. */
export const screenPage: PageHandler = (parts) => {
  const lines = screenLines(parts, parts.lineInfoLayerFixed || !parts.profile.hidesLineInfo);
  const { width, height, content } = parts.screen;
  return {
    status: 200,
    headers: { 'Content-Type': 'image/bmp' },
    body: renderBitmap({ ...content, width, height, lines }),
  };
};

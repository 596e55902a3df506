import type { VirtualReply } from '@hookswitch/driver-kit/virtual';
import type { CallListName } from '../calls/call-lists.ts';
import { answerCsta } from '../csta/csta-page.ts';
import type { SnomParts } from '../parts.ts';
import { commands } from './command.table.ts';
import { page, pageTitle } from './html.ts';
import type { PageHandler } from './page-request.ts';
import { dummyPage, settingsPage } from './settings-pages.ts';
import { guiStatePage, infoPage, screenPage, xmlEntitiesPage } from './status-pages.ts';

const commandPage: PageHandler = async (parts, asked) => {
  let reply: VirtualReply = page(pageTitle(parts.profile));
  for (const { name, value } of asked.query.parameters) {
    reply = (await commands[name]?.(parts, value, asked)) ?? reply;
  }
  return reply;
};

/** Parameter, value, list: `dialledel=0` of 2015 and `dialeddel=clear` of today. */
const CLEARERS: readonly (readonly [name: string, value: string, spelling: '2015' | 'today', list: CallListName])[] = [
  ['dialledel', '0', '2015', 'dialed'],
  ['misseddel', '0', '2015', 'missed'],
  ['receiveddel', '0', '2015', 'received'],
  ['dialeddel', 'clear', 'today', 'dialed'],
  ['misseddel', 'clear', 'today', 'missed'],
  ['receiveddel', 'clear', 'today', 'received'],
];

const indexPage: PageHandler = (parts, { query }) => {
  const { callListSpelling } = parts.quirks;
  for (const [name, value, spelling, list] of CLEARERS) {
    if (query.get(name) !== value || (callListSpelling !== 'both' && callListSpelling !== spelling)) continue;
    parts.callLists.clear(list);
    parts.effects.record({ type: 'callListCleared', list });
  }
  return page(pageTitle(parts.profile));
};

const ringerPage: PageHandler = (parts, { query }) => {
  for (const { name } of query.parameters) {
    const ringer = Number(/^PLAY_RINGER:([1-9])$/.exec(name)?.[1] ?? 0);
    if (ringer > 0) parts.effects.record({ type: 'ringerPlayed', ringer });
  }
  return page(pageTitle(parts.profile));
};

const advancedPage: PageHandler = (parts, { query }) => {
  const reply = page(pageTitle(parts.profile));
  if (query.get('reboot') === 'Reboot') return { ...reply, afterwards: () => parts.power.reboot() };
  return query.get('reset') === 'Reset' ? { ...reply, afterwards: () => parts.power.reset() } : reply;
};

/** `confirm.htm?REBOOT=yes`: seen in clients, the value does not matter. */
const confirmPage: PageHandler = (parts, { query }) => {
  const reply = page(pageTitle(parts.profile));
  return query.has('REBOOT') ? { ...reply, afterwards: () => parts.power.reboot() } : reply;
};

const minibrowserPage: PageHandler = (parts, { request, query }) => {
  const url = query.get('url');
  if (url !== undefined) void parts.browser.open(url);
  const keepsAlive = /\bkeep-alive\b/i.test(request.headers['connection'] ?? '');
  return { ...page(pageTitle(parts.profile)), delayMs: keepsAlive ? parts.quirks.minibrowserStallMs : 0 };
};

/** A page of the web interface. */
export interface Page {
  readonly handle: PageHandler;
  /** Commands by URL can be made ineffective; pages that only show something, and CSTA, go on. */
  readonly isCommand: boolean;
}

const command = (handle: PageHandler): Page => ({ handle, isCommand: true });
const view = (handle: PageHandler): Page => ({ handle, isCommand: false });

/** The web interface of 1xx to D7xx, by path. */
const commandPages: Readonly<Record<string, Page>> = {
  '/command.htm': command(commandPage),
  '/dummy.htm': command(dummyPage),
  '/settings.htm': command(settingsPage),
  '/index.htm': command(indexPage),
  '/line_login.htm': command(ringerPage),
  '/advanced_update.htm': command(advancedPage),
  '/confirm.htm': command(confirmPage),
  '/minibrowser.htm': command(minibrowserPage),
  '/': view(indexPage),
  '/info.htm': view(infoPage),
  '/state_of_gui.htm': view(guiStatePage),
  '/xml_entities.htm': view(xmlEntitiesPage),
  '/screen.bmp': view(screenPage),
  '/label_screen.bmp': view(screenPage),
  '/exp_screen.bmp': view(screenPage),
  '/csta': view(answerCsta),
};

const phoneManagerPage: PageHandler = () => page('Phone Manager', '<div id="app"></div>');

/** The web interface of D8xx: neither `command.htm` nor `/csta` is there. */
const phoneManagerPages: Readonly<Record<string, Page>> = {
  '/': view(phoneManagerPage),
  '/info.htm': view(phoneManagerPage),
};

/** The pages that a phone has. */
export const pagesOf = ({ profile }: Pick<SnomParts, 'profile'>): Readonly<Record<string, Page>> =>
  profile.web === 'phoneManager' ? phoneManagerPages : commandPages;

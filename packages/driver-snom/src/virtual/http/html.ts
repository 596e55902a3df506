import type { VirtualReply } from '@hookswitch/driver-kit/virtual';
import type { SnomModel } from '../models.ts';
import { escapeXml } from '../xml.ts';

const HTML = { 'Content-Type': 'text/html' };

/** What the pages of a model are titled. */
export const pageTitle = (model: SnomModel): string => `snom ${model.name}`;

/** A page of HTML. What real phones write there is not known: whoever reads more than the title reads too much. */
export const page = (title: string, body = '', status = 200): VirtualReply => ({
  status,
  headers: HTML,
  body: `<HTML><HEAD><TITLE>${escapeXml(title)}</TITLE></HEAD><BODY>${body}</BODY></HTML>\r\n`,
});

/** The page that stands for a refusal; its title is the one that a vulnerability scanner's check looks for. */
export const errorPage = (status: number): VirtualReply =>
  page('snom VoIP phone: Error', `<h1>Error ${status}</h1>`, status);

import {
  ACCEPTED,
  failed,
  type HttpReply,
  notHere,
  type Outcome,
  phoneRejected,
  phoneUnauthorized,
  rateLimited,
} from '@hookswitch/core';

/**
 * What a reply of the web interface means. Success is a 200 whose body nobody documents, so all that is looked for in
 * it is what client code has seen in its place: the web interface of another kind of phone, and the error page.
 */
export function readPageReply(reply: HttpReply): Outcome {
  return reply.status === 200 ? (refusalIn(reply.text) ?? ACCEPTED) : refusalOf(reply);
}

/**
 * What a reply to `number=` means: 302 to `index.htm` where the phone dials. 200 is taken too, since older clients got
 * it (they accept "200 or 302") and a redirect that was followed ends in one.
 */
export function readDialReply(reply: HttpReply): Outcome {
  if (reply.status !== 302) return readPageReply(reply);
  const location = reply.headers['location'] ?? '';
  return location === '' || /(?:^|\/)(?:index\.htm[^/]*)?$/i.test(location) ? ACCEPTED : refusalOf(reply);
}

/** What a reply that reads something means, where it is not a 200 with something in it; null: go on and read it. */
export function unreadable(reply: HttpReply): Outcome<never> | null {
  return reply.status === 200 ? refusalIn(reply.text) : refusalOf(reply);
}

function refusalIn(html: string): Outcome<never> | null {
  const title = titleOf(html);
  if (/^phone manager$/i.test(title)) {
    return notHere('The phone answers with the web interface of the D8xx series, which has no remote control.');
  }
  if (/^snom voip phone: error$/i.test(title)) {
    return failed(
      phoneRejected('The phone answered with its error page. Ask for its diagnosis.', { phoneStatus: 200 }),
    );
  }
  return null;
}

/** What any status but 200 means. */
export function refusalOf(reply: HttpReply): Outcome<never> {
  const { status } = reply;
  const phoneStatus = { phoneStatus: status };
  if (status >= 300 && status < 400) return failed(phoneRejected(redirected(reply), phoneStatus));
  switch (status) {
    case 401:
    case 403:
      return failed(
        phoneUnauthorized(
          `The phone refused (${status}). It does so with wrong credentials, and for a while after several wrong ones: correct them and wait.`,
        ),
      );
    case 404:
    case 405:
    case 501:
      return notHere(`The phone has no such page (${status}).`);
    case 429:
    case 503:
      return failed(rateLimited(`The phone is too busy (${status}).`, 1_000));
    default:
      return failed(phoneRejected(`The phone answered ${status}.`, phoneStatus));
  }
}

function redirected({ status, headers }: HttpReply): string {
  const location = headers['location'] ?? '';
  return /^https:/i.test(location)
    ? `The phone takes HTTPS only (${status}). Give it an address with https://.`
    : `The phone sent the request elsewhere (${status}); the gateway follows no redirect.`;
}

/** The title of a page, without spaces around it. */
export function titleOf(html: string): string {
  return /<title[^>]*>([^<]*)<\/title>/i.exec(html)?.[1]?.trim() ?? '';
}

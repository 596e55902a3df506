import type { RecordedSipRequest, VirtualSipDialog, VirtualSipReply } from '@hookswitch/driver-kit/virtual';
import { readCsta, runCsta } from '../csta/csta-page.ts';
import { type CstaElement, element } from '../csta/elements.ts';
import { cstaBody } from '../csta/shapes.ts';
import { firmwareAtLeast } from '../firmware.ts';
import type { SnomParts } from '../parts.ts';
import { headerOf } from './header.ts';
import { type CstaMonitors, monitoringReply } from './monitoring.ts';

const TYPE = 'application/csta+xml';
/** Since when phones know uaCSTA (Snom, "Remote phone control"). */
const SINCE = '8.7.1';

interface Session {
  readonly dialog: VirtualSipDialog;
  readonly monitors: CstaMonitors;
}

/** Whether a request carries CSTA. */
export const isCsta = (request: RecordedSipRequest): boolean =>
  headerOf(request, 'content-type').toLowerCase().startsWith(TYPE);

/** CSTA in a dialog of its own: requests come in INFO, their responses and the events go back in INFO (ECMA TR/87). */
export class UaCsta {
  readonly #parts: SnomParts;
  readonly #sessions = new Map<VirtualSipDialog, Session>();

  constructor(parts: SnomParts) {
    this.#parts = parts;
  }

  /** The INVITE that opens the dialog. 488 where the phone does not know CSTA by SIP. */
  answerInvite({ body }: RecordedSipRequest): VirtualSipReply {
    const { profile, firmware, memory } = this.#parts;
    const isKnown = !profile.isOld && firmwareAtLeast(firmware, SINCE);
    if (!isKnown || !memory.isOn('csta_control')) return { status: 488 };
    return {
      status: 200,
      contentType: TYPE,
      body: this.#answerTo(body || '<RequestSystemStatus/>'),
      onDialog: (dialog) => {
        this.#sessions.set(dialog, { dialog, monitors: new Map() });
        dialog.onEnd(() => this.#sessions.delete(dialog));
      },
    };
  }

  /** An INFO; 481 outside of the dialog, as a phone was seen to do. */
  answerInfo({ body }: RecordedSipRequest, dialog: VirtualSipDialog | undefined): VirtualSipReply {
    const session = dialog && this.#sessions.get(dialog);
    if (session === undefined) return { status: 481 };
    const reply = this.#run(session, body);
    if (this.#parts.quirks.uaCstaReplies === 'response') return { status: 200, contentType: TYPE, body: reply };
    return { status: 200, afterwards: () => this.#tell(session, reply) };
  }

  /** A phone that restarts knows nobody any more. */
  forget(): void {
    this.#sessions.clear();
  }

  /** How many are told of calls now. */
  get monitorCount(): number {
    return [...this.#sessions.values()].reduce((sum, { monitors }) => sum + monitors.size, 0);
  }

  /** Tells those who watch the device, or the whole phone, what became of a call. */
  report(number: string, event: string, children: readonly CstaElement[]): void {
    for (const session of this.#sessions.values()) {
      for (const [monitor, watched] of session.monitors) {
        if (watched !== null && watched !== number) continue;
        this.#tell(session, cstaBody(event, [element('monitorCrossRefID', monitor), ...children]));
      }
    }
  }

  #run(session: Session, body: string): string {
    const { element: request } = readCsta(body);
    const monitoring = request && monitoringReply(this.#parts, request, session.monitors);
    return monitoring ?? this.#answerTo(body);
  }

  #answerTo(body: string): string {
    return runCsta(this.#parts, body, false).body;
  }

  #tell({ dialog }: Session, body: string): void {
    // A lost INFO ends the dialog at the latest with the next one.
    dialog.request('INFO', { contentType: TYPE, body }).catch(() => {});
  }
}

import type {
  DriverContext,
  FeatureReading,
  HttpTransport,
  KnownCall,
  SipInvitation,
  SipRequest,
  SipTransport,
} from '@hookswitch/core';
import { type Asked, wireText } from './asked.ts';
import type { DocumentedReply, DocumentedRequest } from './documented.ts';
import { Replay } from './replay.ts';
import { askedInvite, askedOf } from './sip/asked.ts';
import { createSipRehearsal } from './sip/sip-transport.ts';
import type { Subject } from './subject.ts';
import { asAsked, createRehearsal } from './transport.ts';

/**
 * What the phone answers to a request, as a dry run shows it, by how many were sent before; undefined: what an obeying phone
 * does.
 */
export type Answering = (request: string, place: number) => DocumentedReply | undefined;

/** Answers in the order of an exchange. */
export function byOrder(exchange: readonly DocumentedRequest[]): Answering {
  return (_, place) => {
    const one = exchange[place];
    return typeof one === 'object' ? one.answer : undefined;
  };
}

/** Answers whatever has these words in it. */
export function byWords(answers: readonly (DocumentedReply & { readonly to: string })[]): Answering {
  return (request) => answers.find(({ to }) => request.includes(to));
}

/** What a phone of the vendor's documents is like for one command. */
export interface DocumentedScene {
  readonly answering: Answering;
  readonly calls: readonly KnownCall[];
  readonly features: readonly FeatureReading[];
  readonly onSend: (request: Asked) => void;
  readonly onPublish: (document: string) => void;
}

/** A context whose transports answer as the vendor's documents say. */
export function contextOf<Options>(
  subject: Subject<Options>,
  { answering, calls, features, onSend, onPublish }: DocumentedScene,
): DriverContext<Options> {
  let count = 0;
  const note = (request: Asked): void => {
    count += 1;
    onSend(request);
  };
  const answerTo = (request: Asked): DocumentedReply | undefined => answering(wireText(request), count);
  const bare = { name: '', model: '', firmware: '', capability: '', rung: '', member: '', exchanges: [] };
  const context = new Replay(bare).context(subject);
  return {
    ...context,
    documents: {
      publish(document) {
        onPublish(document.body);
        return context.documents.publish(document);
      },
    },
    calls,
    features,
    http: httpOf(answerTo, note),
    sip: sipOf(answerTo, note),
  };
}

type AnswerTo = (request: Asked) => DocumentedReply | undefined;

function httpOf(answerTo: AnswerTo, onSend: DocumentedScene['onSend']): HttpTransport {
  const rehearsal = createRehearsal(onSend);
  return {
    async send(request) {
      const answer = answerTo(asAsked(request));
      if (answer === undefined) return rehearsal.send(request);
      onSend(asAsked(request));
      const { status = 200, headers = {}, body = '', bytes } = answer;
      return {
        status,
        headers,
        text: body,
        bytes: bytes === undefined ? new TextEncoder().encode(body) : Uint8Array.from(bytes),
      };
    },
  };
}

function sipOf(answerTo: AnswerTo, onSend: DocumentedScene['onSend']): SipTransport {
  const rehearsal = createSipRehearsal(onSend);
  const answered = <Request extends SipRequest | SipInvitation>(
    request: Request,
    { status = 200, body = '' }: DocumentedReply,
  ): Request => ({ ...request, rehearsal: { status, body } });
  return {
    send(request) {
      const answer = answerTo(askedOf(request));
      return rehearsal.send(answer === undefined ? request : answered(request, answer));
    },
    converse(invitation, talk) {
      const answer = answerTo(askedInvite(invitation));
      return rehearsal.converse({ ...invitation, rehearsal: answer?.says ?? invitation.rehearsal }, talk);
    },
  };
}

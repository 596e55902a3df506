import type { RefusalLimiter } from '../security/refusal-limiter.ts';
import type { SecretBox } from '../security/secret-box.ts';
import type { DocumentShelf, PublishedDocument } from '../transport/documents.ts';
import type { Bus } from './bus.ts';

/** Gives documents to whoever asks over the network, whichever gateway has published them. */
export interface ServedDocuments {
  /** A document by its token, which counts where it is for one fetch; null: nobody has it, or it is not for who asks. */
  answer(token: string, from: string): Promise<PublishedDocument | null>;
  /** Without that; null for a document for one fetch. */
  look(token: string, from: string): Promise<PublishedDocument | null>;
}

/** What the documents of several gateways are found by. */
export interface SharedDocumentsOptions {
  readonly shelf: DocumentShelf;
  readonly bus: Bus;
  /** Every gateway has the same: what goes over the bus is for them alone. */
  readonly secretBox: Pick<SecretBox, 'seal' | 'open'>;
  /** Counts tokens that nobody knew, by the address that they came from: beyond that others are not asked. */
  readonly limiter: RefusalLimiter;
  readonly onError: (error: unknown) => void;
}

/** So long the others have to answer. */
const ANSWER_MS = 1_000;
const ASKED = 'document-asked';
const GIVEN = 'document-given';

interface Asked {
  readonly token: string;
  readonly from: string;
  readonly how: 'answer' | 'look';
}

/** Of one gateway. */
export function ownDocuments(shelf: DocumentShelf): ServedDocuments {
  return { answer: (token, from) => shelf.answer(token, from), look: async (token) => shelf.fetch(token) };
}

/** Asks the others over `<stream>.document` for what is not on the own shelf, and answers them. It ends with the connection. */
export function sharedDocuments(options: SharedDocumentsOptions): ServedDocuments {
  const { shelf, secretBox, limiter, onError } = options;
  const { connection, stream } = options.bus;
  const subject = `${stream}.document`;
  const own = ownDocuments(shelf);
  const seal = (purpose: string, value: unknown) => secretBox.seal(JSON.stringify(value), { purpose, subject });
  const open = (purpose: string, bytes: Uint8Array): unknown => JSON.parse(secretBox.open(bytes, { purpose, subject }));

  connection.subscribe(subject, {
    callback(error, message) {
      if (error !== null) return;
      const answer = async (): Promise<void> => {
        const asked = open(ASKED, message.data) as Asked;
        // Who has it says so, even where it is not given; all others are silent.
        if (shelf.has(asked.token)) message.respond(seal(GIVEN, await own[asked.how](asked.token, asked.from)));
      };
      answer().catch(onError);
    },
  });
  const ask = async (asked: Asked): Promise<PublishedDocument | null> => {
    const { token, from, how } = asked;
    if (shelf.has(token) || !options.bus.isConnected || limiter.wait(from) > 0) return await own[how](token, from);
    const reply = await connection
      .request(subject, seal(ASKED, asked), { timeout: ANSWER_MS })
      // Nobody has said that it has it.
      .catch(() => null);
    if (reply === null) {
      limiter.isTooMany(from);
      return null;
    }
    return open(GIVEN, reply.data) as PublishedDocument | null;
  };
  return {
    answer: (token, from) => ask({ token, from, how: 'answer' }),
    look: (token, from) => ask({ token, from, how: 'look' }),
  };
}

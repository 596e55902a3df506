import { parentPort, workerData } from 'node:worker_threads';
import { openForWriting } from './connection.ts';
import { faultOf } from './faults.ts';
import { createGroupCommitter, type GroupCommitter } from './group-commit.ts';
import type { WriterReply, WriterRequest } from './protocol.ts';
import { StatementTexts } from './statement-texts.ts';

// The writing thread: SQLite waits for the disk here and not in the thread that answers phones.

const port = parentPort;
if (port === null) throw new Error('This file is the writing thread of the store and nothing else.');
const file: unknown = workerData;
if (typeof file !== 'string') throw new Error('The writing thread needs the path of its database.');

const texts = new StatementTexts();
const reply = (message: WriterReply) => port.postMessage(message);

function commit(committer: GroupCommitter, request: WriterRequest & { readonly kind: 'write' }): WriterReply {
  try {
    return { kind: 'committed', answers: committer.commit(texts.receive(request)) };
  } catch (error) {
    return { kind: 'failed', fault: faultOf(error) };
  }
}

try {
  const committer = createGroupCommitter(() => openForWriting(file));
  port.on('message', (request: WriterRequest) => {
    if (request.kind === 'write') {
      reply(commit(committer, request));
    } else {
      committer.close();
      port.close();
    }
  });
  reply({ kind: 'ready' });
} catch (error) {
  reply({ kind: 'refused', fault: faultOf(error) });
}

import { MessagePort, parentPort, workerData } from 'node:worker_threads';
import { createRpc } from './rpc.ts';
import { createWorkerDriver } from './worker-driver.ts';

// The thread in which a foreign driver runs. Its module is imported when the gateway asks for it, over a port of ours.

/** What the gateway starts it with; taken away before the driver's module is there. */
function takePort(): { readonly port: MessagePort; readonly file: string } {
  const data: unknown = workerData;
  if (typeof data !== 'object' || data === null) throw new Error('it is started by the gateway');
  const port: unknown = Reflect.get(data, 'port');
  const file: unknown = Reflect.get(data, 'file');
  if (!(port instanceof MessagePort) || typeof file !== 'string') throw new Error('it is started by the gateway');
  Reflect.deleteProperty(data, 'port');
  return { port, file };
}

const { port, file } = takePort();
// The thread's own port is nobody's: what a driver posts there would pile up in the gateway.
parentPort?.close();
const driver = createWorkerDriver(file, () => rpc);
const rpc = createRpc(port, driver);

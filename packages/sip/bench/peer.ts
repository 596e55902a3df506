/**
 * The other side of the bench, in a thread of its own: answers each datagram with itself, or, where it is a SIP request,
 * with `SIP/2.0 200 OK` in the place of its first line. Nothing else is made of it, so that what is measured is the
 * side that sends.
 */
import { createSocket } from 'node:dgram';
import { parentPort } from 'node:worker_threads';

const OK = Buffer.from('SIP/2.0 200 OK');
const socket = createSocket('udp4');

socket.on('message', (bytes, from) => {
  const isRequest = bytes[0] !== 0x2e;
  const reply = isRequest ? Buffer.concat([OK, bytes.subarray(bytes.indexOf('\r\n'))]) : bytes;
  socket.send(reply, from.port, from.address);
});
socket.bind(0, '127.0.0.2', () => {
  socket.setRecvBufferSize(4 * 1024 * 1024);
  parentPort?.postMessage(socket.address().port);
});

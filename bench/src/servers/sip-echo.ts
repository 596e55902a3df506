/**
 * Answers each datagram with itself, or, where it is a SIP request, with `SIP/2.0 200 OK` in the place of its first line.
 * Nothing else is made of it, so that what is measured is the side that sends.
 */
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { serve } from './child.ts';

const OK = Buffer.from('SIP/2.0 200 OK');
/** The first octet of what the floor sends. */
const DOT = 0x2e;
const socket = createSocket('udp4');

socket.on('message', (bytes, from) => {
  const reply = bytes[0] === DOT ? bytes : Buffer.concat([OK, bytes.subarray(bytes.indexOf('\r\n'))]);
  socket.send(reply, from.port, from.address);
});
socket.bind(0, '127.0.0.2');
await once(socket, 'listening');
socket.setRecvBufferSize(4 * 1024 * 1024);
serve({ port: socket.address().port }, async () => void socket.close());

/** Chance that is the same in every run (mulberry32). */
export class Random {
  #state: number;

  constructor(seed: number) {
    this.#state = seed;
  }

  /** 0 up to, not including, 1. */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let t = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  }

  /** A whole number below `limit`. */
  below(limit: number): number {
    return Math.floor(this.next() * limit);
  }

  pick<T>(values: readonly T[]): T {
    const value = values[this.below(values.length)];
    if (value === undefined) throw new Error('nothing to pick from');
    return value;
  }
}

/** What breaks parsers. */
const TOKENS = [
  '\r\n',
  '\r',
  '\n',
  '\r\n ',
  '\0',
  '"',
  '\\',
  '<',
  '>',
  ';',
  ',',
  ':',
  '@',
  '=',
  '%',
  '/',
  '[',
  ']',
  '::',
  ' ',
  '\t',
  'SIP/2.0',
  ';tag=',
  ';branch=z9hG4bK',
  ';rport',
  ';rport=',
  ';received=',
  '-1',
  '99999999999999999999',
  'é',
  '\u{10ffff}',
  'Content-Length: 5\r\n',
  'l:-1\r\n',
  'Via: ',
  'v:,\r\n',
  'To: \r\n',
  'CSeq: 1 ACK\r\n',
  'Require: x\r\n',
  '\r\n\r\n',
];

/** Changes a message in one to three ways. */
export function mutate(original: Buffer, random: Random, others: readonly Buffer[]): Buffer {
  let bytes: Buffer = Buffer.from(original);
  for (let left = 1 + random.below(3); left > 0; left -= 1) bytes = mutateOnce(bytes, random, others);
  return bytes;
}

function mutateOnce(bytes: Buffer, random: Random, others: readonly Buffer[]): Buffer {
  const at = random.below(bytes.length + 1);
  const length = random.below(Math.min(64, bytes.length - at + 1));
  const before = bytes.subarray(0, at);
  const after = bytes.subarray(at);
  switch (random.below(8)) {
    case 0: {
      const changed = Buffer.from(bytes);
      if (changed.length > 0) changed[at % changed.length] = random.below(256);
      return changed;
    }
    case 1:
      return Buffer.concat([before, after.subarray(length)]);
    case 2:
      return Buffer.concat([before, after.subarray(0, length), after]);
    case 3:
      return Buffer.concat([before, Buffer.from(Array.from({ length: length + 1 }, () => random.below(256))), after]);
    case 4:
      return Buffer.concat([before, Buffer.from(random.pick(TOKENS)), after]);
    case 5:
      return Buffer.from(before);
    case 6: {
      const other = random.pick(others);
      return Buffer.concat([before, other.subarray(random.below(other.length))]);
    }
    default: {
      const lines = bytes.toString('latin1').split('\r\n');
      const [line = ''] = lines.splice(random.below(lines.length), 1);
      lines.splice(random.below(lines.length + 1), 0, line, ...(random.below(2) === 0 ? [line] : []));
      return Buffer.from(lines.join('\r\n'), 'latin1');
    }
  }
}

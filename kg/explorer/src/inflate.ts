/** RFC 1951 and 1952 for browsers without DecompressionStream. */

const LENGTHS = [3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258];
const LENGTH_BITS = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0];
const FAR = [1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097, 6145, 8193, 12289, 16385, 24577];
const FAR_BITS = [0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13];
const ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

interface Tree { counts: number[]; symbols: number[] }

function tree(lengths: number[]): Tree {
  const counts: number[] = new Array(16).fill(0);
  for (const length of lengths) counts[length]++;
  counts[0] = 0;
  const starts: number[] = [0, 0];
  for (let bits = 1; bits < 15; bits++) starts.push(starts[bits] + counts[bits]);
  const symbols: number[] = [];
  lengths.forEach((length, symbol) => { if (length) symbols[starts[length]++] = symbol; });
  return { counts, symbols };
}

const FIXED = tree(Array.from({ length: 288 }, (_, i) => (i < 144 ? 8 : i < 256 ? 9 : i < 280 ? 7 : 8)));
const FIXED_FAR = tree(new Array(30).fill(5));

/** The bytes that a gzip member holds. */
export function gunzip(data: Uint8Array): Uint8Array {
  const flags = data[3];
  let at = 10;
  if (flags & 4) at += 2 + data[at] + (data[at + 1] << 8);
  for (const bit of [8, 16]) if (flags & bit) { while (data[at]) at++; at++; }
  if (flags & 2) at += 2;
  const tail = data.length - 4;
  const size = data[tail] | (data[tail + 1] << 8) | (data[tail + 2] << 16) | (data[tail + 3] << 24);
  return inflate(data, at, size >>> 0);
}

function inflate(data: Uint8Array, from: number, size: number): Uint8Array {
  const out = new Uint8Array(size);
  let at = from, hold = 0, held = 0, to = 0;
  const take = (count: number): number => {
    while (held < count) { hold |= data[at++] << held; held += 8; }
    const value = hold & ((1 << count) - 1);
    hold >>>= count; held -= count;
    return value;
  };
  const symbol = (code: Tree): number => {
    let value = 0, base = 0, index = 0;
    for (let bits = 1; bits < 16; bits++) {
      value |= take(1);
      const count = code.counts[bits];
      if (value - count < base) return code.symbols[index + value - base];
      index += count; base = (base + count) << 1; value <<= 1;
    }
    throw new Error("damaged data");
  };
  const block = (near: Tree, far: Tree): void => {
    for (;;) {
      const code = symbol(near);
      if (code === 256) return;
      if (code < 256) { out[to++] = code; continue; }
      const length = LENGTHS[code - 257] + take(LENGTH_BITS[code - 257]);
      const place = symbol(far);
      const distance = FAR[place] + take(FAR_BITS[place]);
      for (let i = 0; i < length; i++, to++) out[to] = out[to - distance];
    }
  };
  const trees = (): [Tree, Tree] => {
    const near = take(5) + 257, far = take(5) + 1, many = take(4) + 4;
    const lengths: number[] = new Array(19).fill(0);
    for (let i = 0; i < many; i++) lengths[ORDER[i]] = take(3);
    const code = tree(lengths), all: number[] = [];
    while (all.length < near + far) {
      const word = symbol(code);
      if (word < 16) { all.push(word); continue; }
      const again = word === 16 ? all[all.length - 1] : 0;
      const times = word === 16 ? 3 + take(2) : word === 17 ? 3 + take(3) : 11 + take(7);
      for (let i = 0; i < times; i++) all.push(again);
    }
    return [tree(all.slice(0, near)), tree(all.slice(near))];
  };
  for (let last = 0; !last;) {
    last = take(1);
    const kind = take(2);
    if (kind === 1) block(FIXED, FIXED_FAR);
    else if (kind === 2) block(...trees());
    else {
      hold = 0; held = 0;
      const length = data[at] | (data[at + 1] << 8);
      out.set(data.subarray(at + 4, at + 4 + length), to);
      at += 4 + length; to += length;
    }
  }
  return out;
}

// Verifies what a Writ installation wrote, in a browser or in Node, without a server and without any package.
// It is written from docs/ledger-format.md and docs/evidence.md and shares no code with Writ.
"use strict";
(function (root) {
  const SECTOR = 512;
  const RECORDS = { folder: "segments", suffix: ".seg", segment: "WRITSEG1", batch: "WBAT" };
  const PRUNED = "PRUNED BY WRIT. ";
  const VAULT = { folder: "vault", suffix: ".vlt", segment: "WRITVLT1", batch: "WVLT" };
  const NOT_VIOLATIONS = new Set(["TornTail", "CheckpointMissing", "PruningUnsigned", "KeyUnconfirmed", "EffectOutstanding"]);
  const MAX_NOTE = 64 * 1024;
  const MAX_HASHES = 64;

  /** What was asked cannot be done; the message says why. */
  class BadInput extends Error {}

  // --- bytes -------------------------------------------------------------------------------------------------------------------

  const utf8 = new TextEncoder();
  const view = (bytes) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const u32 = (bytes, at) => view(bytes).getUint32(at, true);
  const u64 = (bytes, at) => view(bytes).getBigUint64(at, true);
  const ascii = (bytes) => String.fromCharCode(...bytes);
  const hex = (bytes) => Array.from(bytes, (b) => b.toString(16).padStart(2, "0")).join("");
  const same = (a, b) => a.length === b.length && a.every((byte, i) => byte === b[i]);
  const isZero = (bytes) => bytes.every((byte) => byte === 0);
  const join = (...parts) => {
    const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
    let at = 0;
    for (const part of parts) {
      whole.set(part, at);
      at += part.length;
    }
    return whole;
  };
  const text = (bytes) => {
    try {
      return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
    } catch {
      return null;
    }
  };

  /** Base64 in its one padded form, or null. */
  const fromBase64 = (encoded) => {
    if (!/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(encoded)) return null;
    const decoded = atob(encoded);
    return btoa(decoded) === encoded ? Uint8Array.from(decoded, (c) => c.charCodeAt(0)) : null;
  };

  // --- checksums, hashes, signatures ---------------------------------------------------------------------------------------------

  const CRC = Uint32Array.from({ length: 256 }, (_, value) => {
    for (let i = 0; i < 8; i++) value = (value >>> 1) ^ (value & 1 ? 0x82f63b78 : 0);
    return value;
  });

  /** CRC-32C (Castagnoli), as in RFC 3720 B.4. */
  const crc32c = (bytes) => {
    let crc = 0xffffffff;
    for (const byte of bytes) crc = CRC[(crc ^ byte) & 0xff] ^ (crc >>> 8);
    return (crc ^ 0xffffffff) >>> 0;
  };

  const primes = (count) => {
    const found = [];
    for (let n = 2; found.length < count; n++) if (found.every((p) => n % p)) found.push(n);
    return found;
  };

  // FIPS 180-4 5.3 and 4.2: the first bits of the fractional parts of square and cube roots of primes.
  const rootBits = (n, power, bits) => {
    const scaled = BigInt(n) << BigInt(power * bits);
    let [low, high] = [0n, 1n << BigInt(bits + 8)];
    while (high - low > 1n) {
      const middle = (low + high) / 2n;
      if (middle ** BigInt(power) <= scaled) low = middle;
      else high = middle;
    }
    return low & ((1n << BigInt(bits)) - 1n);
  };
  const K256 = Uint32Array.from(primes(64), (p) => Number(rootBits(p, 3, 32)));
  const H256 = Uint32Array.from(primes(8), (p) => Number(rootBits(p, 2, 32)));
  const K512 = primes(80).map((p) => rootBits(p, 3, 64));
  const H512 = primes(8).map((p) => rootBits(p, 2, 64));

  const padded = (message, block, lengthBytes) => {
    const whole = new Uint8Array(Math.ceil((message.length + 1 + lengthBytes) / block) * block);
    whole.set(message);
    whole[message.length] = 0x80;
    view(whole).setBigUint64(whole.length - 8, BigInt(message.length) * 8n);
    return whole;
  };

  /** FIPS 180-4 6.2. */
  const sha256 = (message) => {
    const bytes = padded(message, 64, 8);
    const data = view(bytes);
    const hash = H256.slice();
    const w = new Uint32Array(64);
    for (let at = 0; at < bytes.length; at += 64) {
      for (let i = 0; i < 16; i++) w[i] = data.getUint32(at + 4 * i);
      for (let i = 16; i < 64; i++) {
        const x = w[i - 15];
        const y = w[i - 2];
        w[i] = w[i - 16] + ((x >>> 7 | x << 25) ^ (x >>> 18 | x << 14) ^ x >>> 3) + w[i - 7] + ((y >>> 17 | y << 15) ^ (y >>> 19 | y << 13) ^ y >>> 10);
      }
      let [a, b, c, d, e, f, g, h] = hash;
      for (let i = 0; i < 64; i++) {
        const one = h + ((e >>> 6 | e << 26) ^ (e >>> 11 | e << 21) ^ (e >>> 25 | e << 7)) + ((e & f) ^ (~e & g)) + K256[i] + w[i] | 0;
        const two = ((a >>> 2 | a << 30) ^ (a >>> 13 | a << 19) ^ (a >>> 22 | a << 10)) + ((a & b) ^ (a & c) ^ (b & c)) | 0;
        h = g;
        g = f;
        f = e;
        e = d + one | 0;
        d = c;
        c = b;
        b = a;
        a = one + two | 0;
      }
      [a, b, c, d, e, f, g, h].forEach((value, i) => (hash[i] += value));
    }
    const digest = new Uint8Array(32);
    hash.forEach((word, i) => view(digest).setUint32(4 * i, word));
    return digest;
  };

  const M64 = (1n << 64n) - 1n;
  const turn = (x, n) => (x >> n) | ((x << (64n - n)) & M64);

  /** FIPS 180-4 6.4. Slow, and used once a signature. */
  const sha512 = (message) => {
    const bytes = padded(message, 128, 16);
    const hash = [...H512];
    for (let at = 0; at < bytes.length; at += 128) {
      const w = Array.from({ length: 16 }, (_, i) => view(bytes).getBigUint64(at + 8 * i));
      for (let i = 16; i < 80; i++) {
        const [x, y] = [w[i - 15], w[i - 2]];
        w.push((w[i - 16] + (turn(x, 1n) ^ turn(x, 8n) ^ x >> 7n) + w[i - 7] + (turn(y, 19n) ^ turn(y, 61n) ^ y >> 6n)) & M64);
      }
      let [a, b, c, d, e, f, g, h] = hash;
      for (let i = 0; i < 80; i++) {
        const one = h + (turn(e, 14n) ^ turn(e, 18n) ^ turn(e, 41n)) + ((e & f) ^ (~e & M64 & g)) + K512[i] + w[i];
        const two = (turn(a, 28n) ^ turn(a, 34n) ^ turn(a, 39n)) + ((a & b) ^ (a & c) ^ (b & c));
        [h, g, f, e, d, c, b, a] = [g, f, e, (d + one) & M64, c, b, a, (one + two) & M64];
      }
      [a, b, c, d, e, f, g, h].forEach((value, i) => (hash[i] = (hash[i] + value) & M64));
    }
    const digest = new Uint8Array(64);
    hash.forEach((word, i) => view(digest).setBigUint64(8 * i, word));
    return digest;
  };

  /** RFC 6962 2.1: the hash of a leaf, and of an inner node. */
  const leafHash = (record) => sha256(join(Uint8Array.of(0), record));
  const nodeHash = (left, right) => sha256(join(Uint8Array.of(1), left, right));

  /** An RFC 6962 tree that grows leaf by leaf and remembers its root at one wanted size. */
  class Tree {
    #stack = []; // roots of full subtrees, the largest first
    size = 0n;
    wantedRoot = null;

    constructor(wanted = null) {
      this.wanted = wanted;
      if (wanted === 0n) this.wantedRoot = sha256(new Uint8Array());
    }

    append(leaf) {
      this.size++;
      this.#stack.push(leaf);
      for (let width = this.size; width % 2n === 0n; width /= 2n) {
        const right = this.#stack.pop();
        this.#stack.push(nodeHash(this.#stack.pop(), right));
      }
      if (this.size === this.wanted) this.wantedRoot = this.root();
    }

    root() {
      return this.#stack.length ? this.#stack.reduceRight((right, left) => nodeHash(left, right)) : sha256(new Uint8Array());
    }
  }

  /** RFC 9162 2.1.3.2: the root that an inclusion proof leads to; null where its length cannot be right. */
  const rootOfProof = (index, size, leaf, hashes) => {
    if (index >= size) return null;
    let [node, last, top] = [index, size - 1n, leaf];
    for (const sibling of hashes) {
      if (last === 0n) return null;
      if (node % 2n === 1n || node === last) {
        top = nodeHash(sibling, top);
        while (node % 2n === 0n && node !== 0n) [node, last] = [node >> 1n, last >> 1n];
      } else top = nodeHash(top, sibling);
      [node, last] = [node >> 1n, last >> 1n];
    }
    return last === 0n ? top : null;
  };

  const P = 2n ** 255n - 19n;
  const L = 2n ** 252n + 27742317777372353535851937790883648493n;
  const mod = (x) => ((x % P) + P) % P;
  const power = (base, exponent) => {
    let result = 1n;
    for (base = mod(base); exponent; exponent >>= 1n) {
      if (exponent & 1n) result = result * base % P;
      base = base * base % P;
    }
    return result;
  };
  const D = mod(-121665n * power(121666n, P - 2n));
  const I = power(2n, (P - 1n) / 4n);
  const little = (bytes) => bytes.reduceRight((value, byte) => (value << 8n) | BigInt(byte), 0n);

  /** RFC 8032 5.1.3: decodes a point; null where there is none. */
  const point = (bytes) => {
    const encoded = little(bytes);
    const [sign, y] = [encoded >> 255n, encoded & ((1n << 255n) - 1n)];
    if (y >= P) return null;
    const square = mod((y * y - 1n) * power(D * y * y + 1n, P - 2n));
    let x = power(square, (P + 3n) / 8n);
    if (mod(x * x - square)) x = x * I % P;
    if (mod(x * x - square) || (x === 0n && sign)) return null;
    if ((x & 1n) !== sign) x = P - x;
    return [x, y, 1n, x * y % P];
  };

  const add = (a, b) => {
    const [m, n] = [mod((a[1] - a[0]) * (b[1] - b[0])), mod((a[1] + a[0]) * (b[1] + b[0]))];
    const [c, d] = [mod(2n * a[3] * b[3] * D), mod(2n * a[2] * b[2])];
    const [e, f, g, h] = [n - m, d - c, d + c, n + m];
    return [mod(e * f), mod(g * h), mod(f * g), mod(e * h)];
  };

  const times = (scalar, p) => {
    let total = [0n, 1n, 1n, 0n];
    for (; scalar; scalar >>= 1n) {
      if (scalar & 1n) total = add(total, p);
      p = add(p, p);
    }
    return total;
  };

  const BASE = point(Uint8Array.from({ length: 32 }, (_, i) => (i ? 0x66 : 0x58)));

  /** RFC 8032 5.1.7, without the cofactor. */
  const ed25519Verify = (key, message, signature) => {
    if (key.length !== 32 || signature.length !== 64) return false;
    const [publicPoint, commitment, scalar] = [point(key), point(signature.slice(0, 32)), little(signature.slice(32))];
    if (!publicPoint || !commitment || scalar >= L) return false;
    const challenge = little(sha512(join(signature.slice(0, 32), key, message))) % L;
    const [left, right] = [times(scalar, BASE), add(commitment, times(challenge, publicPoint))];
    return mod(left[0] * right[2] - right[0] * left[2]) === 0n && mod(left[1] * right[2] - right[1] * left[2]) === 0n;
  };

  // --- keys, notes, checkpoints ------------------------------------------------------------------------------------------------

  const isName = (name) => {
    const length = utf8.encode(name).length;
    return length > 0 && length <= 255 && !/[+\s\ufffd\p{Cc}\p{Cf}\p{Cs}\p{Z}]/u.test(name);
  };

  /** C2SP signed-note: the first four bytes of the hash that names a key. */
  const keyId = (name, key) => sha256(join(utf8.encode(name), Uint8Array.of(0x0a, 1), key)).slice(0, 4);

  /** The 32 bytes of a public key, from a verifier key or in base64. */
  const readKey = (given) => {
    const parts = /^([^+]+)\+([0-9a-f]{8})\+(.+)$/.exec(given.trim());
    const encoded = parts && fromBase64(parts[3]);
    if (encoded && encoded.length === 33 && encoded[0] === 1 && hex(keyId(parts[1], encoded.slice(1))) === parts[2]) return encoded.slice(1);
    const bare = fromBase64(given.trim());
    if (bare && bare.length === 32) return bare;
    throw new BadInput("the key is neither a verifier key (name+id+base64) nor 32 bytes in base64");
  };

  /** C2SP signed-note: its text and its signatures, or null where it is malformed. */
  const readNote = (bytes) => {
    const whole = bytes.length <= MAX_NOTE ? text(bytes) : null;
    const split = whole === null ? -1 : whole.lastIndexOf("\n\n");
    // eslint-disable-next-line no-control-regex
    if (split < 0 || !whole.endsWith("\n") || /[\x00-\x09\x0b-\x1f]/.test(whole)) return null;
    const lines = whole.slice(split + 2, -1).split("\n");
    const signatures = lines.map((line) => {
      const parts = line.startsWith("\u2014 ") ? line.slice(2).split(" ") : [];
      const encoded = parts.length === 2 && isName(parts[0]) ? fromBase64(parts[1]) : null;
      return encoded && encoded.length > 4 ? { name: parts[0], id: encoded.slice(0, 4), bytes: encoded.slice(4) } : null;
    });
    return lines.length > 64 || signatures.includes(null) ? null : { text: whole.slice(0, split + 1), signatures };
  };

  /** C2SP tlog-checkpoint, or null. */
  const readCheckpoint = (body) => {
    const lines = body.split("\n");
    if (lines.length < 4 || lines.at(-1) || !lines[0] || lines.slice(3, -1).includes("") || !/^(0|[1-9][0-9]{0,19})$/.test(lines[1])) return null;
    const [size, top] = [BigInt(lines[1]), fromBase64(lines[2])];
    return top && top.length === 32 && size <= M64 ? { origin: lines[0], size, root: top } : null;
  };

  /** Whether a note has a signature of this key, and none of its signatures is wrong. */
  const isSigned = (note, name, key) => {
    const mine = note.signatures.filter((s) => s.name === name && same(s.id, keyId(name, key)));
    return mine.length > 0 && mine.every((s) => ed25519Verify(key, utf8.encode(note.text), s.bytes));
  };

  /** A checkpoint that this key signed, or null. The last one is remembered: every proof of a pack has the same. */
  const accepted = (bytes, key) => {
    const of = hex(sha256(bytes)) + hex(key);
    if (last.of === of) return last.checkpoint;
    const note = readNote(bytes);
    const checkpoint = note && readCheckpoint(note.text);
    last = { of, checkpoint: checkpoint && isName(checkpoint.origin) && isSigned(note, checkpoint.origin, key) ? checkpoint : null };
    return last.checkpoint;
  };
  let last = {};

  // --- a ledger: segments and vault ----------------------------------------------------------------------------------------------

  const sectors = (length) => Math.ceil(length / SECTOR) * SECTOR;

  /** One group commit, read and intact. */
  class Batch {
    frames = []; // [log, bytes]
    leaves = null; // by log, where the records were pruned and their hashes are here

    constructor(offset, header) {
      this.offset = offset;
      [this.length, this.body, this.count] = [u32(header, 4), u32(header, 8), u32(header, 12)];
      [this.number, this.sequence, this.companion] = [u64(header, 16), u64(header, 24), u64(header, 32)];
      [this.previous, this.framesDigest] = [header.slice(64, 96), header.slice(96, 128)];
      this.touched = Array.from({ length: u32(header, 40) }, (_, i) => {
        const at = 128 + 48 * i;
        return { log: u32(header, at), count: u32(header, at + 4), position: u64(header, at + 8), root: header.slice(at + 16, at + 48) };
      });
      this.hash = sha256(header);
      this.padded = sectors(this.length + this.body);
    }
  }

  /** One segment file: what it holds, and everything that is wrong with it by itself. */
  class Segment {
    header = null;
    spare = false;
    batches = [];
    damage = []; // { kind, offset, detail }
    end = 0;
    tail = 0;

    constructor(data, family) {
      [this.data, this.family] = [data, family];
      this.used = data.length;
      while (this.used && data[this.used - 1] === 0) this.used--;
      this.torn = !(this.#readHeader() && this.#readBatches())
        && this.damage.every((d) => d.kind !== "NewerFormat" && d.kind !== "Padding")
        && this.batches.every((b) => b.offset < this.end) && this.#looksTorn();
    }

    #wrong(kind, offset, detail) {
      this.damage.push({ kind, offset, detail });
    }

    #readHeader() {
      const sector = this.data.slice(0, SECTOR);
      if (isZero(sector)) {
        [this.tail, this.spare] = [this.used, this.used === 0];
        if (!this.spare) this.#wrong("SegmentHeader", 0, "there are bytes but no segment header");
        return this.spare;
      }
      const intact = sector.length === SECTOR && ascii(sector.slice(0, 8)) === this.family.segment && u32(sector, 508) === crc32c(sector.slice(0, 508));
      const newer = intact && u32(sector, 8) > 1;
      if (!intact || newer || u32(sector, 8) !== 1 || u32(sector, 12) !== SECTOR) {
        this.tail = this.used;
        this.#wrong(newer ? "NewerFormat" : "SegmentHeader", 0, newer ? "a newer version of Writ wrote this segment" : "the segment header is damaged");
        return false;
      }
      this.header = { number: u64(sector, 16), batch: u64(sector, 24), size: u64(sector, 40), ledger: sector.slice(48, 64), previous: sector.slice(64, 96) };
      this.end = SECTOR;
      return true;
    }

    /** The length of the batch header at an offset, if its lengths are possible; else 0. Says nothing about its checksum. */
    #headerLength(offset) {
      const fixed = this.data.subarray(offset, offset + 128);
      if (fixed.length < 128 || ascii(fixed.subarray(0, 4)) !== this.family.batch) return 0;
      const [header, body, frames, touched] = [u32(fixed, 4), u32(fixed, 8), u32(fixed, 12), u32(fixed, 40)];
      return touched >= 1 && header === sectors(132 + 48 * touched) && frames >= touched && body >= frames * 13 && header + body <= this.data.length - offset ? header : 0;
    }

    #headerAt(offset) {
      const length = this.#headerLength(offset);
      const header = this.data.slice(offset, offset + length);
      if (!length || u32(header, length - 4) !== crc32c(header.subarray(0, length - 4)) || u32(header, 44)) return null;
      return same(header.slice(48, 64), this.header.ledger) ? new Batch(offset, header) : null;
    }

    #readBatches() {
      let offset = this.end;
      while (offset < this.data.length) {
        const after = this.#readBatch(offset);
        if (!this.damage.length) this.end = after;
        if (after > offset) {
          offset = after;
          continue;
        }
        if (this.used <= offset) break;
        if (!this.damage.length) this.tail = this.used - offset;
        let later = offset + SECTOR;
        while (later < this.used && !this.#headerAt(later)) later += SECTOR;
        if (later >= this.used) {
          this.#wrong("BytesAfterEnd", offset, "bytes that are no batch");
          break;
        }
        this.#wrong("BatchHeader", offset, `no batch header, yet a batch follows at ${later}`);
        offset = later;
      }
      if (this.damage.length && !this.tail) this.tail = Math.max(0, this.used - this.end);
      return !this.damage.length;
    }

    #readBatch(offset) {
      const batch = this.#headerAt(offset);
      if (!batch) return offset;
      const bodyAt = offset + batch.length;
      if (!isZero(this.data.subarray(bodyAt + batch.body, offset + batch.padded))) this.#wrong("Padding", offset, `batch ${batch.number} has bytes in its padding`);
      const wrong = this.#readFrames(batch, this.data.subarray(bodyAt, bodyAt + batch.body));
      for (const [kind, at, detail] of wrong) this.#wrong(kind, bodyAt + at, `batch ${batch.number}: ${detail}`);
      if (!wrong.length) this.batches.push(batch);
      return offset + batch.padded;
    }

    /** Whether a payload was removed on purpose: one text over and over in its place, which no failing disk writes. */
    #isPruned(frame) {
      const payload = frame.subarray(20);
      return this.family === VAULT && payload.length > 0 && payload.every((byte, i) => byte === PRUNED.charCodeAt(i % PRUNED.length));
    }

    #readFrames(batch, body) {
      const [wrong, heads] = [[], []];
      const only = batch.touched.length === 1 ? batch.touched[0].log : null;
      let at = 0;
      for (let i = 0; i < batch.count; i++) {
        const length = body.length - at >= 12 ? u32(body, at + 4) : 0;
        if (length === 0 || length > body.length - at - 12) return [...wrong, ["FrameLength", at, `frame ${i} has an impossible length`]];
        const frame = body.subarray(at, at + 12 + length);
        const log = u32(frame, 8);
        if (u32(frame, 0) !== crc32c(frame.subarray(4)) && !this.#isPruned(frame)) wrong.push(["FrameChecksum", at, `frame ${i} does not have its checksum`]);
        else if (only !== null && log !== only && !wrong.length) return [["TouchedLogs", at, `frame ${i} is of log ${log}, which the header does not name`]];
        batch.frames.push([log, frame.subarray(12)]);
        heads.push(frame.subarray(0, 12));
        at += 12 + length;
      }
      if (at !== body.length) return [...wrong, ["FrameLength", at, "bytes are left after the last frame"]];
      if (!wrong.length && !same(sha256(join(...heads)), batch.framesDigest)) wrong.push(["FramesDigest", 0, "the frames are not those the header commits to"]);
      return wrong;
    }

    /** Whether sectors never came, as disks lose them, or only the first bytes did, as a write that is cut short leaves it. */
    #looksTorn() {
      if (!this.header) return this.damage[0].kind === "SegmentHeader" && (this.#isZero(0) || this.#isHeaderCutShort(this.family.segment, SECTOR));
      const batch = this.#headerAt(this.end);
      if (batch) return this.tail <= batch.padded && (this.#hasZero(this.end, batch.length + batch.body) || this.#areFramesCutShort(batch));
      const length = this.#headerLength(this.end);
      return this.#isZero(this.end) || (length > 0 && this.#hasZero(this.end, length)) || this.#isHeaderCutShort(this.family.batch, Math.max(length, SECTOR));
    }

    #isHeaderCutShort(magic, length) {
      const begun = Math.min(this.tail, magic.length);
      return this.tail > 0 && this.tail < length && ascii(this.data.subarray(this.end, this.end + begun)) === magic.slice(0, begun);
    }

    /** Whether the frames end in zeros before their end, and those that lie wholly before the zeros are intact. */
    #areFramesCutShort(batch) {
      const bodyAt = this.end + batch.length;
      const [body, written] = [this.data.subarray(bodyAt, bodyAt + batch.body), Math.max(0, this.tail - batch.length)];
      if (written >= body.length) return false;
      for (let at = 0; at + 12 <= written;) {
        const length = u32(body, at + 4);
        if (length === 0 || length > body.length - at - 12) return false;
        if (at + 12 + length > written) break;
        const frame = body.subarray(at, at + 12 + length);
        if (u32(frame, 0) !== crc32c(frame.subarray(4)) && !this.#isPruned(frame)) return false;
        at += 12 + length;
      }
      return true;
    }

    #isZero(offset) {
      return isZero(this.data.subarray(offset, offset + SECTOR));
    }

    #hasZero(start, length) {
      for (let at = start; at < start + length; at += SECTOR) if (this.#isZero(at)) return true;
      return false;
    }
  }

  const PRUNING_NOTE = "segments.pruned";
  const PRUNING_NAME = "writ-pruned-segments";

  /** A segment whose records were removed on purpose, as the hashes tell it that the installation signed. Throws BadInput where they do not. */
  class Pruned {
    header = null;
    batches = [];

    constructor(data, key) {
      const said = data.subarray(0, Math.max(0, data.length - 64));
      if (key && !ed25519Verify(key, join(utf8.encode("WRITHSH1"), sha256(said)), data.slice(-64))) throw new BadInput("its hashes are not signed by the key given");
      if (said.length < 544 || ascii(said.subarray(0, 8)) !== "WRITHSH1" || u32(said, 8) !== 1) throw new BadInput("its hashes are no such file");
      this.header = new Segment(said.slice(16, 528), RECORDS).header;
      if (!this.header) throw new BadInput("the segment header in its hashes is damaged");
      try {
        this.#read(said, u32(said, 12));
      } catch (problem) {
        if (problem instanceof RangeError) throw new BadInput("its hashes end before they should");
        throw problem;
      }
    }

    #read(said, count) {
      const held = new Map();
      let at = 544;
      for (let i = 0; i < count; i++) {
        const [offset, length] = [Number(u64(said, at)), u32(said, at + 12)];
        const header = said.slice(at + 8, at + 8 + length);
        if (length < SECTOR || header.length !== length || ascii(header.subarray(0, 4)) !== RECORDS.batch || u32(header, length - 4) !== crc32c(header.subarray(0, length - 4)) || !same(header.slice(48, 64), this.header.ledger))
          throw new BadInput("a batch header in its hashes is damaged");
        const batch = new Batch(offset, header);
        at += 8 + length;
        const records = u32(said, at);
        at += 4;
        for (let r = 0; r < records; r++) {
          const size = u32(said, at);
          batch.frames.push([0, said.slice(at + 4, at + 4 + size)]);
          at += 4 + size;
        }
        at += 4 + 12 * u32(said, at);
        for (const { log, count: some } of batch.touched) held.set(log, (held.get(log) ?? 0) + some);
        batch.leaves = new Map();
        this.batches.push(batch);
      }
      const starts = new Map();
      for (const [log, some] of held) {
        starts.set(log, at);
        at += 32 * some;
      }
      if (at !== said.length) throw new BadInput("its hashes are not as many as its records");
      for (const batch of this.batches) {
        for (const { log, count: some } of batch.touched) {
          const from = starts.get(log);
          batch.leaves.set(log, Array.from({ length: some }, (_, i) => said.slice(from + 32 * i, from + 32 * i + 32)));
          starts.set(log, from + 32 * some);
        }
      }
    }
  }

  /** Findings, and whether they leave what was looked at sound. */
  class Findings {
    all = [];

    find(kind, file, offset, detail) {
      this.all.push({ kind, file, offset, detail, violation: !NOT_VIOLATIONS.has(kind) });
    }

    get sound() {
      return !this.all.some((finding) => finding.violation);
    }
  }

  /** A ledger's files, read from the first byte to the last. */
  class Ledger {
    #found = new Findings();
    #logs = new Map([[0, { origin: "writ catalog", tree: new Tree(), proved: true }]]);
    #records = { last: 0n, hash: new Uint8Array(32), sequence: 0n, vault: 0n, count: 0, ledger: null };
    #vault = { last: 0n, hash: new Uint8Array(32), sequence: 0n, companion: 0n, orphans: 0 };

    constructor(files, checkpoints, key) {
      [this.files, this.key] = [files, key];
      this.pruning = this.#readPruning();
      this.notes = this.#readCheckpoints(checkpoints ?? new Map());
      this.signed = new Map([...this.notes].map(([origin, bytes]) => [origin, key ? accepted(bytes, key) : null]));
      this.#readFamily(RECORDS, (header) => this.#enter(header), (batch) => this.#add(batch));
      this.#readFamily(VAULT, (header) => this.#enterVault(header), (batch) => this.#addVault(batch));
      if (this.#vault.last < this.#records.vault)
        this.#found.find("VaultContradicted", "vault", -1, `records rely on vault batch ${this.#records.vault}, the vault ends with ${this.#vault.last}`);
      if (this.#vault.orphans > 1) this.#found.find("VaultContradicted", "vault", -1, `${this.#vault.orphans} batches belong to records that are not there`);
      this.reached = this.#compare();
    }

    /** The kept notes by origin. One that is malformed or kept under another log's name is told and left out. */
    #readCheckpoints(files) {
      const notes = new Map();
      for (const [name, bytes] of [...files].sort(byName)) {
        if (!name.endsWith(".checkpoint") || name.includes("/")) continue;
        const note = readNote(bytes);
        const checkpoint = note && readCheckpoint(note.text);
        if (checkpoint && hex(sha256(utf8.encode(checkpoint.origin))) + ".checkpoint" === name) notes.set(checkpoint.origin, bytes);
        else this.#found.find("CheckpointInvalid", "checkpoints", -1, `${name} is not the kept checkpoint its name says`);
      }
      return notes;
    }

    #readFamily(family, enter, add) {
      const segments = [];
      const nameOf = (number) => `${family.folder}/${String(number).padStart(10, "0")}${family.suffix}`;
      for (const [path, bytes] of [...this.files].sort(byName)) {
        if (!path.startsWith(family.folder + "/")) continue;
        const digits = /^([0-9]{10,20})\./.exec(path.slice(family.folder.length + 1));
        const number = digits ? BigInt(digits[1]) : 0n;
        if (number > 0n && nameOf(number) === path) segments.push([number, bytes]);
        else if (!path.endsWith(".new")) this.#found.find("ForeignFile", path, -1, "no segment has this name");
      }
      segments.sort((a, b) => (a[0] < b[0] ? -1 : 1));
      let [due, ended] = [1n + (family === RECORDS ? this.#addPruned(segments.map(([number]) => number)) : 0n), false];
      for (const [number, bytes] of segments) {
        const file = nameOf(number);
        for (; due < number; due++) this.#found.find("SegmentMissing", nameOf(due), -1, "the file is missing");
        due = number + 1n;
        const segment = new Segment(bytes, family);
        ended = this.#judge(segment, file, number, ended);
        for (const detail of segment.header ? enter(segment.header) : []) this.#found.find("ChainBroken", file, 0, detail);
        for (const batch of segment.batches) for (const [kind, detail] of add(batch)) this.#found.find(kind, file, batch.offset, detail);
        if (family === RECORDS && segment.damage.length && !segment.torn) this.#loseTrack();
      }
    }

    /** What the installation signed about segments that it removed on purpose. */
    #readPruning() {
      const none = { last: 0n, ledger: "", by: [] };
      const bytes = this.files.get(PRUNING_NOTE);
      if (!bytes) return none;
      const note = readNote(bytes);
      const lines = note ? note.text.split("\n") : [];
      if (lines.length < 4 || lines[0] !== PRUNING_NAME || !/^[0-9]{1,19}$/.test(lines[2]) || lines.at(-1) || (this.key && !isSigned(note, PRUNING_NAME, this.key))) {
        this.#found.find("PruningUnproved", PRUNING_NOTE, -1, "what says which segments were pruned is damaged, or not signed by the key given");
        return none;
      }
      if (!this.key) this.#found.find("PruningUnsigned", PRUNING_NOTE, -1, "records were pruned by a note that no key was given to check");
      return { last: BigInt(lines[2]), ledger: lines[1], by: lines.slice(3, -1) };
    }

    /** Adds segments that are gone by their hashes; how many those are. */
    #addPruned(numbers) {
      const last = numbers.length && numbers[0] - 1n < this.pruning.last ? numbers[0] - 1n : this.pruning.last;
      for (let number = 1n; number <= last; number++) {
        const name = `${String(number).padStart(10, "0")}.seg`;
        const file = `segments/${name}`;
        const bytes = this.files.get(`hashes/${name}.hashes`);
        let segment = null;
        try {
          if (!bytes) throw new BadInput("its hashes are missing");
          segment = new Pruned(bytes, this.key);
        } catch (problem) {
          if (!(problem instanceof BadInput)) throw problem;
          this.#found.find("SegmentMissing", file, -1, `it was pruned, and ${problem.message}`);
          this.#loseTrack();
          continue;
        }
        if (segment.header.number !== number) this.#found.find("SegmentHeader", file, 0, "its hashes are of another segment");
        for (const detail of this.#enter(segment.header)) this.#found.find("ChainBroken", file, 0, detail);
        for (const batch of segment.batches) for (const [kind, detail] of this.#add(batch)) this.#found.find(kind, file, batch.offset, detail);
      }
      for (const log of this.#logs.values()) log.pruned = log.tree.size;
      if (last && this.#records.ledger && hex(this.#records.ledger) !== this.pruning.ledger) this.#found.find("PruningUnproved", PRUNING_NOTE, -1, "it is of another ledger");
      return last;
    }

    #judge(segment, file, number, ended) {
      if (segment.spare) return true;
      if (ended) this.#found.find("ChainBroken", file, 0, "the segment is in use although one before it was never filled");
      if (segment.header && (segment.header.number !== number || segment.header.size !== BigInt(segment.data.length)))
        this.#found.find("SegmentHeader", file, 0, `the header says segment ${segment.header.number} of ${segment.header.size} bytes, the file has ${segment.data.length}`);
      if (segment.torn) {
        this.#found.find("TornTail", file, segment.end, `${segment.tail} bytes of a batch that never became whole`);
        return true;
      }
      for (const { kind, offset, detail } of segment.damage)
        this.#found.find(["SegmentHeader", "NewerFormat", "BytesAfterEnd"].includes(kind) ? kind : "BatchDamaged", file, offset, detail);
      return false;
    }

    #enter(header) {
      const [records, problems] = [this.#records, []];
      records.ledger ??= header.ledger;
      if (!same(header.ledger, records.ledger)) problems.push("the segment belongs to another ledger");
      if (header.batch !== records.last + 1n) problems.push(`the segment begins with batch ${header.batch} where ${records.last + 1n} is due`);
      else if (!same(header.previous, records.hash)) problems.push(`the segment does not follow batch ${records.last}: it names another hash`);
      return problems;
    }

    #add(batch) {
      const [records, problems] = [this.#records, []];
      let contradicted = false;
      if (batch.number !== records.last + 1n) {
        this.#loseTrack(); // leaves before it are lost: its roots cannot be computed
        problems.push(`batch ${batch.number} where ${records.last + 1n} is due`);
      } else if (!same(batch.previous, records.hash)) problems.push(`batch ${batch.number} does not chain to batch ${records.last}`);
      if (batch.sequence !== records.sequence) problems.push(`batch ${batch.number} begins with sequence ${batch.sequence} where ${records.sequence} is due`);
      if (batch.companion < records.vault) problems.push(`batch ${batch.number} knows fewer vault batches than the one before`);
      for (const [log, record] of batch.frames) if (log === 0) problems.push(...this.#addLog(record));
      for (const touched of batch.touched) {
        const [problem, disproved] = this.#addLeaves(batch, touched);
        problems.push(...problem);
        contradicted ||= disproved;
      }
      const counted = batch.touched.reduce((sum, touched) => sum + touched.count, 0);
      if (counted !== batch.count) problems.push(`batch ${batch.number} has ${batch.count} records and names ${counted}`);
      [records.last, records.hash, records.vault] = [batch.number, batch.hash, batch.companion];
      records.sequence = batch.sequence + BigInt(batch.count);
      records.count += batch.count;
      return problems.map((problem) => [contradicted ? "LogContradicted" : "ChainBroken", problem]);
    }

    #addLog(record) {
      const origin = record.length > 4 ? text(record.slice(4)) : null;
      const number = origin === null ? 0 : u32(record, 0);
      if (number === 0 || !isName(origin)) return ["a catalog record is malformed"];
      if (this.#logs.has(number) || [...this.#logs.values()].some((log) => log.origin === origin)) return [`log ${number} (${origin}) is in the catalog twice`];
      this.#logs.set(number, { origin, tree: new Tree(this.signed.get(origin)?.size ?? null), proved: true });
      return [];
    }

    #addLeaves(batch, { log: number, count, position, root: named }) {
      const log = this.#logs.get(number);
      if (!log) return [[`batch ${batch.number} has records of log ${number}, which the catalog does not know`], false];
      const leaves = batch.leaves && number ? batch.leaves.get(number) : batch.frames.filter(([of]) => of === number).map(([, record]) => leafHash(record));
      const problems = leaves.length === count ? [] : [`batch ${batch.number} has ${leaves.length} records of ${log.origin} and names ${count}`];
      for (const leaf of leaves) log.tree.append(leaf);
      if (!log.proved || (log.tree.size === position && same(log.tree.root(), named))) return [problems, false];
      log.proved = false;
      return [[...problems, `the records of ${log.origin} do not have the size or the root that batch ${batch.number} names`], true];
    }

    #loseTrack() {
      for (const log of this.#logs.values()) log.proved = false;
    }

    #enterVault(header) {
      const problems = [];
      if (this.#records.ledger && !same(header.ledger, this.#records.ledger)) problems.push("the vault belongs to another ledger");
      if (header.batch !== this.#vault.last + 1n || !same(header.previous, this.#vault.hash)) problems.push(`the vault segment does not follow vault batch ${this.#vault.last}`);
      return problems;
    }

    #addVault(batch) {
      const [vault, problems] = [this.#vault, []];
      if (batch.number !== vault.last + 1n || !same(batch.previous, vault.hash) || batch.sequence !== vault.sequence)
        problems.push(`vault batch ${batch.number} does not follow vault batch ${vault.last}`);
      if (batch.companion <= vault.companion) problems.push(`vault batch ${batch.number} belongs to batch ${batch.companion}, not after the one before`);
      if (batch.companion > this.#records.last) vault.orphans++;
      else {
        [vault.companion, vault.last, vault.hash] = [batch.companion, batch.number, batch.hash];
        vault.sequence = batch.sequence + BigInt(batch.count);
        for (const { log, position } of batch.touched)
          if (!this.#logs.has(log) || position >= this.#logs.get(log).tree.size) problems.push(`vault batch ${batch.number} has payloads of records that do not exist`);
      }
      return problems.map((problem) => ["VaultContradicted", problem]);
    }

    /** How far each log is signed for. */
    #compare() {
      const reached = new Map();
      const byOrigin = new Map([...this.#logs].filter(([number]) => number).map(([, log]) => [log.origin, log]));
      for (const origin of [...this.notes.keys()].sort()) {
        const [signed, log] = [this.signed.get(origin), byOrigin.get(origin)];
        const size = log ? log.tree.size : 0n;
        if (!signed || signed.origin !== origin) this.#found.find("CheckpointInvalid", origin, -1, "the kept checkpoint is malformed or signed by none of the keys given");
        else if (!log && signed.size === 0n) continue;
        else if (size < signed.size) this.#found.find("BehindCheckpoint", origin, -1, `there are ${size} records and ${signed.size} in the checkpoint kept apart: cut or rolled back`);
        else if (!log.tree.wantedRoot || !same(log.tree.wantedRoot, signed.root))
          this.#found.find("CheckpointContradicted", origin, -1, `the first ${signed.size} records are not those of the checkpoint kept apart: another history`);
        else if (log.proved) reached.set(origin, signed.size);
      }
      for (const origin of [...byOrigin.keys()].sort())
        if (!this.notes.has(origin)) this.#found.find("CheckpointMissing", origin, -1, "no checkpoint is at hand: a cut or rewritten log could not be told");
      return reached;
    }

    report(name) {
      const logs = [...this.#logs].filter(([number]) => number).map(([, log]) => log).sort((a, b) => (a.origin < b.origin ? -1 : 1));
      return {
        name, sound: this.#found.sound, records: this.#records.count, pruned_by: this.pruning.by, findings: this.#found.all,
        logs: logs.map((log) => ({
          origin: log.origin, size: Number(log.tree.size), root: hex(log.tree.root()), proved: log.proved, pruned: Number(log.pruned ?? 0),
          checkpoint_size: this.reached.has(log.origin) ? Number(this.reached.get(log.origin)) : null,
        })),
      };
    }
  }

  const byName = ([a], [b]) => (a < b ? -1 : a > b ? 1 : 0);

  /** The files below a folder, by their path in it. */
  const below = (files, folder) => new Map([...files].filter(([name]) => name.startsWith(folder + "/")).map(([name, bytes]) => [name.slice(folder.length + 1), bytes]));

  const firstFolders = (files, holding) => [...new Set([...files.keys()].filter((name) => holding.test(name)).map((name) => name.split("/")[0]))];

  /** Every ledger of a data folder; one that has checkpoints and no folder any more is one that somebody took away. */
  const verifyLedgers = (files, checkpoints, key, own = "ledger") => {
    if ([...files.keys()].some((name) => name.startsWith("segments/"))) {
      const kept = checkpoints && below(checkpoints, own);
      return [new Ledger(files, kept?.size ? kept : checkpoints, key).report(own)];
    }
    const names = new Set([...firstFolders(files, /^[^/]+\/segments\//), ...(checkpoints ? firstFolders(checkpoints, /^[^/]+\//) : [])]);
    if (!names.size) throw new BadInput("there is no ledger here");
    return [...names].sort().map((name) => new Ledger(below(files, name), checkpoints && below(checkpoints, name), key).report(name));
  };

  // --- proofs and evidence packs -------------------------------------------------------------------------------------------------

  /** C2SP tlog-proof, or null where it is malformed. */
  const readProof = (bytes) => {
    const whole = text(bytes) ?? "";
    const split = whole.indexOf("\n\n");
    const lines = split < 0 ? [] : whole.slice(0, split).split("\n");
    if (lines.shift() !== "c2sp.org/tlog-proof@v1" || !lines.length) return null;
    const extra = lines[0].startsWith("extra ") ? fromBase64(lines.shift().slice(6)) : undefined;
    const index = /^index (0|[1-9][0-9]{0,19})$/.exec(lines.shift() ?? "");
    const hashes = lines.map(fromBase64);
    if (extra === null || !index || hashes.length > MAX_HASHES || hashes.some((hash) => !hash || hash.length !== 32)) return null;
    return { extra, index: BigInt(index[1]), hashes, checkpoint: utf8.encode(whole.slice(split + 2)) };
  };

  /** Why a proof does not put a record into a log that this key signed; null where it does. */
  const proofProblem = (proof, record, key) => {
    const signed = accepted(proof.checkpoint, key);
    if (!signed) return ["CheckpointInvalid", "the checkpoint is malformed or not signed by the key"];
    const top = rootOfProof(proof.index, signed.size, leafHash(record), proof.hashes);
    return top && same(top, signed.root) ? null : ["ProofFails", `this is not entry ${proof.index} of ${signed.origin} as its checkpoint of size ${signed.size} signs it`];
  };

  const verifyProof = (name, bytes, key) => {
    if (!key) throw new BadInput("a proof is checked with the installation's key");
    const found = new Findings();
    const proof = readProof(bytes);
    const problem = proof?.extra ? proofProblem(proof, proof.extra, key) : ["ProofMalformed", "this is no proof that carries its record"];
    if (problem) found.find(problem[0], name, -1, problem[1]);
    return [{ name, sound: found.sound, records: found.sound ? 1 : 0, logs: [], findings: found.all }];
  };

  /** An evidence pack (docs/evidence.md): every file is what the manifest says, and every record is in a log that the key signed. */
  class Pack {
    #found = new Findings();
    #records = 0;
    #logs = [];

    constructor(files, key) {
      this.files = files;
      this.manifest = this.#readManifest();
      if (!this.manifest) return;
      this.#checkFiles();
      this.#checkNames();
      for (const log of this.manifest.logs) this.#checkLog(log, key);
      this.#checkEffects();
      this.#checkBundles();
      this.#checkRange();
    }

    #find(kind, file, detail) {
      this.#found.find(kind, file, -1, detail);
    }

    #json(name) {
      try {
        return JSON.parse(text(this.files.get(name)));
      } catch {
        return null;
      }
    }

    #readManifest() {
      const manifest = this.files.has("manifest.json") ? this.#json("manifest.json") : null;
      const isText = (value) => typeof value === "string";
      if (manifest?.format === "writ-evidence/1" && Object.values(manifest.files ?? { none: 0 }).every(isText) && Array.isArray(manifest.logs)
        && manifest.logs.every((log) => isText(log?.name) && isText(log.origin) && isText(log.key))) return manifest;
      this.#find("PackMalformed", "manifest.json", "there is no manifest of format writ-evidence/1");
      return null;
    }

    #checkFiles() {
      const listed = this.manifest.files;
      for (const name of [...this.files.keys()].sort()) if (name !== "manifest.json" && !Object.hasOwn(listed, name)) this.#find("ForeignFile", name, "the manifest does not name it");
      for (const name of Object.keys(listed).sort()) {
        if (!this.files.has(name)) this.#find("FileMissing", name, "the manifest names it, and it is not here");
        else if (hex(sha256(this.files.get(name))) !== listed[name]) this.#find("FileAltered", name, "it does not have the hash that the manifest names");
      }
    }

    /** Every file has its place, so that nothing is believed that no log vouches for. */
    #checkNames() {
      const logs = this.manifest.logs.map((log) => log.name);
      if (new Set(logs).size !== logs.length || !logs.includes("decisions"))
        this.#find("PackMalformed", "manifest.json", "it does not name the log of decisions, or one log twice");
      for (const name of [...this.files.keys()].sort()) {
        const slash = name.indexOf("/");
        const known = logs.includes(name.slice(0, slash)) && slash > 0 && /^(checkpoint|[0-9]{12}\.(json|tlog-proof))$/.test(name.slice(slash + 1));
        if (name !== "manifest.json" && name !== "report.html" && !known)
          this.#find("ForeignFile", name, "it is neither a record, a proof nor the checkpoint of a log that the manifest names");
      }
    }

    #checkLog(log, key) {
      const folder = log.name + "/";
      let own;
      try {
        own = readKey(log.key);
      } catch {
        return this.#find("PackMalformed", "manifest.json", `the key of ${log.origin} cannot be read`);
      }
      if (!key) this.#find("KeyUnconfirmed", folder, `checked with the pack's own key ${log.key}: compare it with one from elsewhere`);
      else if (!same(key, own)) this.#find("CheckpointInvalid", folder, "the pack's key is not the key given");
      const trusted = key ?? own;
      const kept = this.files.get(folder + "checkpoint");
      const checkpoint = kept && accepted(kept, trusted);
      if (!checkpoint || checkpoint.origin !== log.origin)
        return this.#find("CheckpointInvalid", folder + "checkpoint", "the checkpoint is missing, malformed, another log's or not signed by the key");
      let count = 0;
      for (const name of [...this.files.keys()].filter((n) => n.startsWith(folder) && n.endsWith(".json")).sort()) {
        const proofName = name.replace(/\.json$/, ".tlog-proof");
        const proof = this.files.has(proofName) ? readProof(this.files.get(proofName)) : null;
        if (!proof) {
          this.#find("ProofMalformed", proofName, "there is no proof for this record");
          continue;
        }
        let problem = proofProblem(proof, this.files.get(name), trusted);
        if (!problem && `${folder}${String(proof.index).padStart(12, "0")}.json` !== name) problem = ["ProofFails", `the record is entry ${proof.index}, not what its name says`];
        if (!problem && readCheckpoint(readNote(proof.checkpoint).text).origin !== log.origin) problem = ["ProofFails", "the proof is of another log"];
        if (problem) this.#find(problem[0], name, problem[1]);
        else count++;
      }
      this.#records += count;
      this.#logs.push({ origin: log.origin, size: count, root: hex(checkpoint.root), proved: true, checkpoint_size: Number(checkpoint.size) });
    }

    *#read(log) {
      for (const name of [...this.files.keys()].filter((n) => n.startsWith(log + "/") && n.endsWith(".json")).sort()) {
        const record = this.#json(name);
        if (record === null) this.#find("RecordMalformed", name, "the record is no JSON");
        else yield [name, record];
      }
    }

    /** A pack of a range has each of its records: their proofs say where in the log they lie, so that a gap shows. */
    #checkRange() {
      const { first, last } = this.manifest.question ?? {};
      if (!Number.isSafeInteger(first) || !Number.isSafeInteger(last) || first < 0 || first > last) return;
      for (let index = first; index <= last; index++) {
        const name = `decisions/${String(index).padStart(12, "0")}.json`;
        if (!this.files.has(name)) return this.#find("RecordMissing", name, `the pack is of records ${first} to ${last} of the decision log, and this one is not in it`);
      }
    }

    #checkEffects() {
      const [effects, permitted] = [new Set(), new Map()];
      for (const [name, record] of this.#read("decisions")) {
        if (record.kind === "effect") effects.add(record.decision);
        else if (record.kind === "decision" && ["ALLOW", "ALLOW_WITH_CONSTRAINTS"].includes(record.outcome)) permitted.set(record.id, name);
      }
      for (const [decision, name] of permitted) if (!effects.has(decision)) this.#find("EffectOutstanding", name, "what was permitted here had no effect on record when the pack was made");
    }

    /** The content of a bundle, put together from its parts, has the digest under which it was published. */
    #checkBundles() {
      const [parts, published] = [new Map(), []];
      for (const [name, { action = {} }] of this.#read("control")) {
        if (action.kind === "bundle.part") parts.set(action.digest, (parts.get(action.digest) ?? new Map()).set(action.part, action.content));
        else if (action.kind === "bundle.published") published.push([name, action.digest]);
      }
      for (const [name, digest] of published) {
        const pieces = [...parts.get(digest) ?? []].sort(([a], [b]) => a - b).map(([, content]) => fromBase64(String(content)) ?? new Uint8Array());
        if (!pieces.length || hex(sha256(join(...pieces))) !== digest) this.#find("DigestUnresolved", name, `the bundle ${digest} is not in the pack as it was published`);
      }
    }

    report(name) {
      return { name, sound: this.#found.sound, records: this.#records, findings: this.#found.all, logs: this.#logs };
    }
  }

  /** The files of a zip, by name. Writ stores them without compression; other archives are unpacked first. */
  const unzip = (bytes) => {
    const files = new Map();
    let end = bytes.length - 22;
    while (end >= 0 && u32(bytes, end) !== 0x06054b50) end--;
    if (end < 0) throw new BadInput("this is no zip");
    let at = u32(bytes, end + 16);
    for (let i = view(bytes).getUint16(end + 10, true); i > 0; i--) {
      const field = (offset) => view(bytes).getUint16(at + offset, true);
      if (u32(bytes, at) !== 0x02014b50 || field(10) !== 0) throw new BadInput("the archive was compressed: unpack it, and verify the folder");
      const [size, local, nameLength] = [u32(bytes, at + 24), u32(bytes, at + 42), field(28)];
      const name = text(bytes.slice(at + 46, at + 46 + nameLength)) ?? "";
      const start = local + 30 + view(bytes).getUint16(local + 26, true) + view(bytes).getUint16(local + 28, true);
      if (!name.endsWith("/")) files.set(name, bytes.slice(start, start + size));
      at += 46 + nameLength + field(30) + field(32);
    }
    return files;
  };

  /**
   * What is found in some files: one report for each ledger, proof or pack. `files` and `checkpoints` are maps from path to bytes,
   * `key` the public key's 32 bytes or null.
   */
  const verify = (name, files, checkpoints, key) => {
    const [[first, bytes] = ["", new Uint8Array()]] = files;
    if (files.size === 1 && ascii(bytes.slice(0, 20)) === "c2sp.org/tlog-proof@") return verifyProof(first, bytes, key);
    if (files.size === 1 && ascii(bytes.slice(0, 2)) === "PK") return [new Pack(unzip(bytes), key).report(first)];
    if (files.has("manifest.json")) return [new Pack(files, key).report(name)];
    if (checkpoints && !key) throw new BadInput("there are checkpoints but no key to check them with");
    return verifyLedgers(files, checkpoints, key, name);
  };

  root.WritVerify = { verify, readKey, BadInput };
})(globalThis);

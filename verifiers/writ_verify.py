#!/usr/bin/env python3
"""Verifies what a Writ installation wrote: with Python 3.8 or later and nothing else.

  writ_verify.py PATH... [--key KEY] [--checkpoints FOLDER] [--json]

PATH is an installation's data folder, one ledger in it, an evidence pack (the .zip, or the folder it was unpacked to) or a
.tlog-proof file. KEY is the installation's public key: a verifier key (name+id+base64), its 32 bytes in base64, or a file with one
of these. FOLDER is where signed checkpoints were kept apart from the data.

It shares no code with Writ: it is written from docs/ledger-format.md and docs/evidence.md, so that a mistake of the one shows in
the other. It changes nothing. Exit codes: 0 sound, 1 not sound, 2 bad input.
"""
import argparse
import base64
import binascii
import functools
import hashlib
import json
import os
import re
import struct
import sys
import unicodedata
import zipfile

SECTOR = 512
ZERO_HASH = bytes(32)
RECORDS = ("segments", ".seg", b"WRITSEG1", b"WBAT")
VAULT = ("vault", ".vlt", b"WRITVLT1", b"WVLT")
PRUNED = b"PRUNED BY WRIT. "
NOT_VIOLATIONS = {"TornTail", "CheckpointMissing", "PruningUnsigned", "KeyUnconfirmed", "EffectOutstanding"}
MAX_NOTE = 64 * 1024
MAX_HASHES = 64


# --- checksums, hashes, signatures ---------------------------------------------------------------------------------------------

def _crc_table():
    table = []
    for value in range(256):
        for _ in range(8):
            value = (value >> 1) ^ (0x82F63B78 if value & 1 else 0)
        table.append(value)
    return table


_CRC = _crc_table()


def crc32c(data):
    """CRC-32C (Castagnoli), as in RFC 3720 B.4."""
    crc = 0xFFFFFFFF
    table = _CRC
    for byte in data:
        crc = table[(crc ^ byte) & 0xFF] ^ (crc >> 8)
    return crc ^ 0xFFFFFFFF


def sha256(data):
    return hashlib.sha256(data).digest()


def leaf_hash(record):
    """RFC 6962 2.1: the hash of a leaf."""
    return sha256(b"\x00" + record)


def node_hash(left, right):
    """RFC 6962 2.1: the hash of an inner node."""
    return sha256(b"\x01" + left + right)


class Tree:
    """An RFC 6962 tree that grows leaf by leaf and remembers its root at one wanted size."""

    def __init__(self, wanted=None):
        self.size = 0
        self.wanted = wanted
        self.wanted_root = sha256(b"") if wanted == 0 else None
        self._stack = []  # roots of full subtrees, the largest first

    def append(self, leaf):
        self.size += 1
        self._stack.append(leaf)
        width = self.size
        while width % 2 == 0:
            right = self._stack.pop()
            self._stack[-1] = node_hash(self._stack[-1], right)
            width //= 2
        if self.size == self.wanted:
            self.wanted_root = self.root()

    def root(self):
        if not self._stack:
            return sha256(b"")
        root = self._stack[-1]
        for left in reversed(self._stack[:-1]):
            root = node_hash(left, root)
        return root


def root_of_proof(index, size, leaf, hashes):
    """RFC 9162 2.1.3.2: the root that an inclusion proof leads to; None where its length cannot be right."""
    if index >= size:
        return None
    node, last, root = index, size - 1, leaf
    for sibling in hashes:
        if last == 0:
            return None
        if node & 1 or node == last:
            root = node_hash(sibling, root)
            while not node & 1 and node:
                node, last = node >> 1, last >> 1
        else:
            root = node_hash(root, sibling)
        node, last = node >> 1, last >> 1
    return root if last == 0 else None


_P = 2 ** 255 - 19
_L = 2 ** 252 + 27742317777372353535851937790883648493
_D = -121665 * pow(121666, _P - 2, _P) % _P
_I = pow(2, (_P - 1) // 4, _P)


def _point(data):
    """RFC 8032 5.1.3: decodes a point; None where there is none."""
    y = int.from_bytes(data, "little")
    sign, y = y >> 255, y & ((1 << 255) - 1)
    if y >= _P:
        return None
    square = (y * y - 1) * pow(_D * y * y + 1, _P - 2, _P) % _P
    x = pow(square, (_P + 3) // 8, _P)
    if (x * x - square) % _P:
        x = x * _I % _P
    if (x * x - square) % _P or (x == 0 and sign):
        return None
    x = _P - x if x & 1 != sign else x
    return (x, y, 1, x * y % _P)


def _add(a, b):
    m, n = (a[1] - a[0]) * (b[1] - b[0]) % _P, (a[1] + a[0]) * (b[1] + b[0]) % _P
    c, d = 2 * a[3] * b[3] * _D % _P, 2 * a[2] * b[2] % _P
    e, f, g, h = n - m, d - c, d + c, n + m
    return (e * f % _P, g * h % _P, f * g % _P, e * h % _P)


def _times(scalar, point):
    total = (0, 1, 1, 0)
    while scalar:
        if scalar & 1:
            total = _add(total, point)
        point, scalar = _add(point, point), scalar >> 1
    return total


_BASE = _point(bytes.fromhex("58" + "66" * 31))


def ed25519_verify(key, message, signature):
    """RFC 8032 5.1.7, without the cofactor."""
    if len(key) != 32 or len(signature) != 64:
        return False
    public, commitment = _point(key), _point(signature[:32])
    scalar = int.from_bytes(signature[32:], "little")
    if public is None or commitment is None or scalar >= _L:
        return False
    challenge = int.from_bytes(hashlib.sha512(signature[:32] + key + message).digest(), "little") % _L
    left, right = _times(scalar, _BASE), _add(commitment, _times(challenge, public))
    return (left[0] * right[2] - right[0] * left[2]) % _P == 0 and (left[1] * right[2] - right[1] * left[2]) % _P == 0


# --- keys, notes, checkpoints --------------------------------------------------------------------------------------------------

class BadInput(Exception):
    """What was asked cannot be done; the message says why."""


def strict_base64(text):
    """Base64 in its one padded form, or None."""
    try:
        data = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return None
    return data if base64.b64encode(data).decode() == text else None


def is_name(name):
    return 0 < len(name.encode("utf-8", "surrogatepass")) <= 255 and not any(
        c == "+" or c.isspace() or c == "\ufffd" or unicodedata.category(c) in ("Cc", "Cf", "Cs") for c in name)


def read_key(text):
    """The 32 bytes of a public key, from any of the forms in which one is at hand."""
    if text and os.path.isfile(text):
        with open(text, "rb") as file:
            text = file.read(4096).decode("utf-8", "replace").strip()
    parts = text.split("+", 2)
    if len(parts) == 3 and re.fullmatch("[0-9a-f]{8}", parts[1]):
        encoded = strict_base64(parts[2])
        if encoded and len(encoded) == 33 and encoded[0] == 1 and key_id(parts[0], encoded[1:]).hex() == parts[1]:
            return encoded[1:]
    bare = strict_base64(text)
    if bare and len(bare) == 32:
        return bare
    raise BadInput("the key is neither a verifier key (name+id+base64) nor 32 bytes in base64")


def key_id(name, key):
    """C2SP signed-note: the first four bytes of the hash that names a key."""
    return sha256(name.encode() + b"\n\x01" + key)[:4]


def read_note(data):
    """C2SP signed-note: its text and its signatures (name, id, bytes), or None where it is malformed."""
    if len(data) > MAX_NOTE:
        return None
    try:
        whole = data.decode("utf-8")
    except UnicodeDecodeError:
        return None
    split = whole.rfind("\n\n")
    if split < 0 or not whole.endswith("\n") or any(c < " " and c != "\n" for c in whole):
        return None
    signatures = []
    lines = whole[split + 2:-1].split("\n")
    if len(lines) > 64:
        return None
    for line in lines:
        parts = line[2:].split(" ")
        encoded = strict_base64(parts[1]) if line.startswith("\u2014 ") and len(parts) == 2 and is_name(parts[0]) else None
        if encoded is None or len(encoded) < 5:
            return None
        signatures.append((parts[0], encoded[:4], encoded[4:]))
    return whole[:split + 1], signatures


def read_checkpoint(text):
    """C2SP tlog-checkpoint: origin, size, root, or None."""
    lines = text.split("\n")
    if len(lines) < 4 or lines[-1] or not lines[0] or "" in lines[3:-1] or not re.fullmatch("0|[1-9][0-9]{0,19}", lines[1]):
        return None
    root = strict_base64(lines[2])
    return (lines[0], int(lines[1]), root) if root and len(root) == 32 and int(lines[1]) < 2 ** 64 else None


def is_signed(note, name, key):
    """Whether a note has a signature of this key, and none of its signatures is wrong."""
    text, signatures = note
    mine = [s[2] for s in signatures if s[0] == name and s[1] == key_id(name, key)]
    return bool(mine) and all(ed25519_verify(key, text.encode(), signature) for signature in mine)


@functools.lru_cache(maxsize=64)
def accepted(data, key):
    """Origin, size and root of a checkpoint that this key signed, or None. Remembered: every proof of a pack has the same one."""
    note = read_note(data)
    checkpoint = note and read_checkpoint(note[0])
    return checkpoint if checkpoint and is_name(checkpoint[0]) and is_signed(note, checkpoint[0], key) else None


# --- where the bytes come from -------------------------------------------------------------------------------------------------

class Folder:
    """The files below a folder, by their path in it."""

    def __init__(self, root):
        self.root = root

    def names(self, below=""):
        top = os.path.join(self.root, *below.split("/")) if below else self.root
        found = []
        for folder, _, files in os.walk(top):
            found += [os.path.relpath(os.path.join(folder, name), self.root).replace(os.sep, "/") for name in files]
        return sorted(found)

    def read(self, name):
        with open(os.path.join(self.root, *name.split("/")), "rb") as file:
            return file.read()


class Archive:
    """The files of a zip."""

    def __init__(self, path):
        self._zip = zipfile.ZipFile(path)

    def names(self, below=""):
        return sorted(name for name in self._zip.namelist() if name.startswith(below))

    def read(self, name):
        return self._zip.read(name)


# --- a ledger: segments and vault ----------------------------------------------------------------------------------------------

class Batch:
    """One group commit, read and intact."""

    def __init__(self, offset, header):
        self.offset = offset
        self.length, self.body, self.count = struct.unpack_from("<III", header, 4)
        self.number, self.sequence, self.companion = struct.unpack_from("<QQQ", header, 16)
        self.previous, self.frames_digest = header[64:96], header[96:128]
        touched = struct.unpack_from("<I", header, 40)[0]
        self.touched = [struct.unpack_from("<IIQ", header, 128 + 48 * i) + (header[144 + 48 * i:176 + 48 * i],) for i in range(touched)]
        self.hash = sha256(header)
        self.frames = []  # (log, bytes)
        self.leaves = None  # by log, where the records were pruned and their hashes are here

    @property
    def padded(self):
        return -(-(self.length + self.body) // SECTOR) * SECTOR


class Segment:
    """One segment file: what it holds, and everything that is wrong with it by itself."""

    def __init__(self, data, family):
        self._data, self._family = data, family
        self.header, self.spare, self.torn = None, False, False
        self.batches, self.damage = [], []  # damage: (kind, offset, detail)
        self._end = self._tail = 0
        self._used = len(data.rstrip(b"\0"))
        if not (self._read_header() and self._read_batches()):
            self.torn = (all(d[0] not in ("NewerFormat", "Padding") for d in self.damage)
                         and all(b.offset < self._end for b in self.batches) and self._looks_torn())

    @property
    def end(self):
        return self._end

    @property
    def tail(self):
        return self._tail

    def _read_header(self):
        sector = self._data[:SECTOR]
        if not sector.strip(b"\0"):
            self._tail, self.spare = self._used, self._used == 0
            if not self.spare:
                self.damage.append(("SegmentHeader", 0, "there are bytes but no segment header"))
            return self.spare
        intact = len(sector) == SECTOR and sector[:8] == self._family[2] and struct.unpack_from("<I", sector, 508)[0] == crc32c(sector[:508])
        version, length = struct.unpack_from("<II", sector.ljust(SECTOR, b"\0"), 8)
        if not intact or version != 1 or length != SECTOR:
            self._tail = self._used
            newer = intact and version > 1
            self.damage.append(("NewerFormat" if newer else "SegmentHeader", 0, "a newer version of Writ wrote this segment" if newer else "the segment header is damaged"))
            return False
        number, batch, sequence, size = struct.unpack_from("<QQQQ", sector, 16)
        self.header = {"number": number, "batch": batch, "sequence": sequence, "size": size, "ledger": sector[48:64], "previous": sector[64:96]}
        self._end = SECTOR
        return True

    def _header_length(self, offset):
        """The length of the batch header at an offset, if its lengths are possible; else 0. Says nothing about its checksum."""
        fixed = self._data[offset:offset + 128]
        if len(fixed) < 128 or fixed[:4] != self._family[3]:
            return 0
        header, body, frames = struct.unpack_from("<III", fixed, 4)
        touched = struct.unpack_from("<I", fixed, 40)[0]
        possible = (touched >= 1 and header == -(-(132 + 48 * touched) // SECTOR) * SECTOR and frames >= touched
                    and body >= frames * 13 and header + body <= len(self._data) - offset)
        return header if possible else 0

    def _header_at(self, offset):
        length = self._header_length(offset)
        header = self._data[offset:offset + length]
        if not length or struct.unpack_from("<I", header, length - 4)[0] != crc32c(header[:-4]) or struct.unpack_from("<I", header, 44)[0]:
            return None
        return Batch(offset, header) if header[48:64] == self.header["ledger"] else None

    def _read_batches(self):
        offset = self._end
        while offset < len(self._data):
            after = self._read_batch(offset)
            if not self.damage:
                self._end = after
            if after > offset:
                offset = after
                continue
            if self._used <= offset:
                break
            if not self.damage:
                self._tail = self._used - offset
            later = next((at for at in range(offset + SECTOR, self._used, SECTOR) if self._header_at(at)), None)
            self.damage.append(("BytesAfterEnd", offset, "bytes that are no batch") if later is None
                               else ("BatchHeader", offset, f"no batch header, yet a batch follows at {later}"))
            if later is None:
                break
            offset = later
        if self.damage and not self._tail:
            self._tail = max(0, self._used - self._end)
        return not self.damage

    def _read_batch(self, offset):
        batch = self._header_at(offset)
        if batch is None:
            return offset
        body_at = offset + batch.length
        if self._data[body_at + batch.body:offset + batch.padded].strip(b"\0"):
            self.damage.append(("Padding", offset, f"batch {batch.number} has bytes in its padding"))
        wrong = self._read_frames(batch, self._data[body_at:body_at + batch.body])
        for kind, at, detail in wrong:
            self.damage.append((kind, body_at + at, f"batch {batch.number}: {detail}"))
        if not wrong:
            self.batches.append(batch)
        return offset + batch.padded

    def _read_frames(self, batch, body):
        wrong, at, heads = [], 0, []
        only = batch.touched[0][0] if len(batch.touched) == 1 else None
        for i in range(batch.count):
            length = struct.unpack_from("<I", body, at + 4)[0] if len(body) - at >= 12 else 0
            if not 0 < length <= len(body) - at - 12:
                return wrong + [("FrameLength", at, f"frame {i} has an impossible length")]
            frame = body[at:at + 12 + length]
            log = struct.unpack_from("<I", frame, 8)[0]
            if struct.unpack_from("<I", frame, 0)[0] != crc32c(frame[4:]) and not self._is_pruned(frame):
                wrong.append(("FrameChecksum", at, f"frame {i} does not have its checksum"))
            elif only is not None and log != only and not wrong:
                return [("TouchedLogs", at, f"frame {i} is of log {log}, which the header does not name")]
            batch.frames.append((log, frame[12:]))
            heads.append(frame[:12])
            at += 12 + length
        if at != len(body):
            return wrong + [("FrameLength", at, "bytes are left after the last frame")]
        if not wrong and sha256(b"".join(heads)) != batch.frames_digest:
            wrong.append(("FramesDigest", 0, "the frames are not those the header commits to"))
        return wrong

    def _looks_torn(self):
        """Whether sectors never came, as disks lose them, or only the first bytes did, as a write that is cut short leaves it."""
        if self.header is None:
            return self.damage[0][0] == "SegmentHeader" and (self._is_zero(0) or self._is_header_cut_short(self._family[2], SECTOR))
        batch = self._header_at(self._end)
        if batch:
            return (self._end + self._tail <= self._end + batch.padded
                    and (self._has_zero(self._end, batch.length + batch.body) or self._are_frames_cut_short(batch)))
        length = self._header_length(self._end)
        return (self._is_zero(self._end) or (length > 0 and self._has_zero(self._end, length))
                or self._is_header_cut_short(self._family[3], max(length, SECTOR)))

    def _is_header_cut_short(self, magic, length):
        written = self._data[self._end:self._end + self._tail]
        return 0 < len(written) < length and written[:len(magic)] == magic[:len(written)]

    def _are_frames_cut_short(self, batch):
        """Whether the frames end in zeros before their end, and those that lie wholly before the zeros are intact."""
        body_at = self._end + batch.length
        body, written, at = self._data[body_at:body_at + batch.body], max(0, self._tail - batch.length), 0
        if written >= len(body):
            return False
        while at + 12 <= written:
            length = struct.unpack_from("<I", body, at + 4)[0]
            if not 0 < length <= len(body) - at - 12:
                return False
            if at + 12 + length > written:
                break
            frame = body[at:at + 12 + length]
            if struct.unpack_from("<I", frame, 0)[0] != crc32c(frame[4:]) and not self._is_pruned(frame):
                return False
            at += 12 + length
        return True

    def _is_pruned(self, frame):
        """Whether a payload was removed on purpose: one text over and over in its place, which no failing disk writes."""
        payload = frame[20:]
        return self._family is VAULT and len(payload) > 0 and payload == (PRUNED * (len(payload) // len(PRUNED) + 1))[:len(payload)]

    def _is_zero(self, offset):
        return not self._data[offset:offset + SECTOR].strip(b"\0")

    def _has_zero(self, start, length):
        return any(self._is_zero(at) for at in range(start, start + length, SECTOR))


class Pruned:
    """A segment whose records were removed on purpose, as the hashes tell it that the installation signed. ValueError where they do not."""

    NOTE, NAME = "segments.pruned", "writ-pruned-segments"

    def __init__(self, data, key):
        said = data[:-64]
        if key and not ed25519_verify(key, b"WRITHSH1" + sha256(said), data[-64:]):
            raise ValueError("its hashes are not signed by the key given")
        if said[:8] != b"WRITHSH1" or len(said) < 544 or struct.unpack_from("<I", said, 8)[0] != 1:
            raise ValueError("its hashes are no such file")
        segment = Segment(said[16:528], RECORDS)
        if segment.header is None:
            raise ValueError("the segment header in its hashes is damaged")
        self.header, self.batches = segment.header, []
        try:
            self._read(said, struct.unpack_from("<I", said, 12)[0])
        except (struct.error, IndexError):
            raise ValueError("its hashes end before they should") from None

    def _read(self, said, count):
        at, logs = 544, {}
        for _ in range(count):
            offset, length = struct.unpack_from("<Q", said, at)[0], struct.unpack_from("<I", said, at + 12)[0]
            header = said[at + 8:at + 8 + length]
            if length < 512 or len(header) != length or header[:4] != RECORDS[3] or struct.unpack_from("<I", header, length - 4)[0] != crc32c(header[:-4]) or header[48:64] != self.header["ledger"]:
                raise ValueError("a batch header in its hashes is damaged")
            batch = Batch(offset, header)
            at += 8 + length
            records, at = struct.unpack_from("<I", said, at)[0], at + 4
            for _ in range(records):
                size = struct.unpack_from("<I", said, at)[0]
                batch.frames.append((0, said[at + 4:at + 4 + size]))
                at += 4 + size
            at += 4 + 12 * struct.unpack_from("<I", said, at)[0]
            batch.leaves = {}
            for number, records, _, _ in batch.touched:
                logs[number] = logs.get(number, 0) + records
            self.batches.append(batch)
        if len(said) - at != 32 * sum(logs.values()):
            raise ValueError("its hashes are not as many as its records")
        starts = {}
        for number, records in logs.items():
            starts[number], at = at, at + 32 * records
        for batch in self.batches:
            for number, records, _, _ in batch.touched:
                batch.leaves[number] = [said[starts[number] + 32 * i:starts[number] + 32 * i + 32] for i in range(records)]
                starts[number] += 32 * records


class Log:
    """One logical log: its tree so far."""

    def __init__(self, origin, wanted):
        self.origin, self.tree, self.proved, self.pruned = origin, Tree(wanted), True, 0


class Ledger:
    """A ledger's folder, read from the first byte to the last."""

    SEGMENT_KINDS = {"SegmentHeader": "SegmentHeader", "NewerFormat": "NewerFormat", "BytesAfterEnd": "BytesAfterEnd"}

    def __init__(self, files, prefix, checkpoints, key):
        self._files, self._prefix, self._key = files, prefix, key
        self.findings, self.logs, self.records = [], {0: Log("writ catalog", None)}, 0
        self._notes = self._read_checkpoints(checkpoints)
        self._signed = {origin: accepted(data, key) if key else None for origin, data in self._notes.items()}
        self._ledger, self._last, self._hash, self._sequence, self._vault_batches = None, 0, ZERO_HASH, 0, 0
        self._last_pruned, self.pruned_by = 0, []
        self._read_pruning()
        self._companion, self._vault_last, self._vault_hash, self._vault_sequence, self._orphans = 0, 0, ZERO_HASH, 0, 0
        self._read_family(RECORDS, self._enter, self._add)
        self._read_family(VAULT, self._enter_vault, self._add_vault)
        if self._vault_last < self._vault_batches:
            self._find("VaultContradicted", "vault", -1, f"records rely on vault batch {self._vault_batches}, the vault ends with {self._vault_last}")
        if self._orphans > 1:
            self._find("VaultContradicted", "vault", -1, f"{self._orphans} batches belong to records that are not there")
        self.reached = self._compare()

    def _find(self, kind, file, offset, detail):
        self.findings.append({"kind": kind, "file": file, "offset": offset, "detail": detail, "violation": kind not in NOT_VIOLATIONS})

    def _read_checkpoints(self, folder):
        """The kept notes by origin. One that is malformed or kept under another log's name is told and left out."""
        notes = {}
        for name in (folder.names() if folder else []):
            if not name.endswith(".checkpoint") or "/" in name:
                continue
            data = folder.read(name)
            note = read_note(data)
            checkpoint = note and read_checkpoint(note[0])
            if not checkpoint or sha256(checkpoint[0].encode()).hex() + ".checkpoint" != name:
                self._find("CheckpointInvalid", "checkpoints", -1, f"{name} is not the kept checkpoint its name says")
            else:
                notes[checkpoint[0]] = data
        return notes

    def _read_family(self, family, enter, add):
        folder, suffix = family[0], family[1]
        numbers = []
        for path in self._files.names(self._prefix + folder):
            name = path[len(self._prefix) + len(folder) + 1:]
            match = re.fullmatch(r"([0-9]{10,20})" + re.escape(suffix), name)
            number = int(match.group(1)) if match else 0
            if number > 0 and name == f"{number:010d}{suffix}":
                numbers.append(number)
            elif not name.endswith(".new"):
                self._find("ForeignFile", f"{folder}/{name}", -1, "no segment has this name")
        due, ended = 1 + (self._add_pruned(numbers) if family is RECORDS else 0), False
        for number in sorted(numbers):
            file = f"{folder}/{number:010d}{suffix}"
            for missing in range(due, number):
                self._find("SegmentMissing", f"{folder}/{missing:010d}{suffix}", -1, "the file is missing")
            due = number + 1
            data = self._files.read(self._prefix + file)
            segment = Segment(data, family)
            ended = self._judge(segment, file, number, len(data), ended)
            for kind, offset, detail in enter(segment.header) if segment.header else []:
                self._find(kind, file, offset, detail)
            for batch in segment.batches:
                for kind, detail in add(batch):
                    self._find(kind, file, batch.offset, detail)
            if family is RECORDS and segment.damage and not segment.torn:
                self._lose_track()

    def _read_pruning(self):
        """What the installation signed about segments that it removed on purpose."""
        if self._prefix + Pruned.NOTE not in self._files.names(self._prefix.rstrip("/")):
            return
        note = read_note(self._files.read(self._prefix + Pruned.NOTE))
        lines = note[0].split("\n") if note else []
        if (len(lines) < 4 or lines[0] != Pruned.NAME or not re.fullmatch("[0-9]{1,19}", lines[2]) or lines[-1]
                or (self._key and not is_signed(note, Pruned.NAME, self._key))):
            self._find("PruningUnproved", Pruned.NOTE, -1, "what says which segments were pruned is damaged, or not signed by the key given")
            return
        if not self._key:
            self._find("PruningUnsigned", Pruned.NOTE, -1, "records were pruned by a note that no key was given to check")
        self._last_pruned, self._pruned_of, self.pruned_by = int(lines[2]), lines[1], lines[3:-1]

    def _add_pruned(self, numbers):
        """Adds segments that are gone by their hashes; how many those are."""
        last = min(self._last_pruned, min(numbers) - 1 if numbers else self._last_pruned)
        for number in range(1, last + 1):
            file = f"segments/{number:010d}.seg"
            try:
                segment = Pruned(self._files.read(f"{self._prefix}hashes/{number:010d}.seg.hashes"), self._key)
            except (ValueError, OSError, KeyError) as problem:
                self._find("SegmentMissing", file, -1, f"it was pruned, and {problem if isinstance(problem, ValueError) else 'its hashes are missing'}")
                self._lose_track()
                continue
            if segment.header["number"] != number:
                self._find("SegmentHeader", file, 0, "its hashes are of another segment")
            for kind, offset, detail in self._enter(segment.header):
                self._find(kind, file, offset, detail)
            for batch in segment.batches:
                for kind, detail in self._add(batch):
                    self._find(kind, file, batch.offset, detail)
        for log in self.logs.values():
            log.pruned = log.tree.size
        if last and self._ledger and self._ledger.hex() != self._pruned_of:
            self._find("PruningUnproved", Pruned.NOTE, -1, "it is of another ledger")
        return last

    def _judge(self, segment, file, number, size, ended):
        if segment.spare:
            return True
        if ended:
            self._find("ChainBroken", file, 0, "the segment is in use although one before it was never filled")
        if segment.header and (segment.header["number"] != number or segment.header["size"] != size):
            self._find("SegmentHeader", file, 0, f"the header says segment {segment.header['number']} of {segment.header['size']} bytes, the file has {size}")
        if segment.torn:
            self._find("TornTail", file, segment.end, f"{segment.tail} bytes of a batch that never became whole")
            return True
        for kind, offset, detail in segment.damage:
            self._find(self.SEGMENT_KINDS.get(kind, "BatchDamaged"), file, offset, detail)
        return False

    def _enter(self, header):
        self._ledger = self._ledger or header["ledger"]
        if header["ledger"] != self._ledger:
            yield "ChainBroken", 0, "the segment belongs to another ledger"
        if header["batch"] != self._last + 1:
            yield "ChainBroken", 0, f"the segment begins with batch {header['batch']} where {self._last + 1} is due"
        elif header["previous"] != self._hash:
            yield "ChainBroken", 0, f"the segment does not follow batch {self._last}: it names another hash"

    def _add(self, batch):
        problems, contradicted = [], False
        if batch.number != self._last + 1:
            self._lose_track()  # leaves before it are lost: its roots cannot be computed
            problems.append(f"batch {batch.number} where {self._last + 1} is due")
        elif batch.previous != self._hash:
            problems.append(f"batch {batch.number} does not chain to batch {self._last}")
        if batch.sequence != self._sequence:
            problems.append(f"batch {batch.number} begins with sequence {batch.sequence} where {self._sequence} is due")
        if batch.companion < self._vault_batches:
            problems.append(f"batch {batch.number} knows fewer vault batches than the one before")
        for log, record in batch.frames:
            if log == 0:
                problems += self._add_log(record)
        for number, count, position, root in batch.touched:
            problem, disproved = self._add_leaves(batch, number, count, position, root)
            problems += problem
            contradicted |= disproved
        if sum(t[1] for t in batch.touched) != batch.count:
            problems.append(f"batch {batch.number} has {batch.count} records and names {sum(t[1] for t in batch.touched)}")
        self._last, self._hash = batch.number, batch.hash
        self._sequence, self._vault_batches = batch.sequence + batch.count, batch.companion
        self.records += batch.count
        return [("LogContradicted" if contradicted else "ChainBroken", problem) for problem in problems]

    def _add_log(self, record):
        try:
            number, origin = struct.unpack_from("<I", record)[0], record[4:].decode("utf-8")
        except (struct.error, UnicodeDecodeError):
            return ["a catalog record is malformed"]
        if number == 0 or not is_name(origin):
            return ["a catalog record is malformed"]
        if number in self.logs or any(log.origin == origin for log in self.logs.values()):
            return [f"log {number} ({origin}) is in the catalog twice"]
        signed = self._signed.get(origin)
        self.logs[number] = Log(origin, signed[1] if signed else None)
        return []

    def _add_leaves(self, batch, number, count, position, root):
        log = self.logs.get(number)
        if log is None:
            return [f"batch {batch.number} has records of log {number}, which the catalog does not know"], False
        leaves = [leaf_hash(record) for of, record in batch.frames if of == number] if batch.leaves is None or number == 0 else batch.leaves[number]
        problems = [] if len(leaves) == count else [f"batch {batch.number} has {len(leaves)} records of {log.origin} and names {count}"]
        for leaf in leaves:
            log.tree.append(leaf)
        if not log.proved or (log.tree.size == position and log.tree.root() == root):
            return problems, False
        log.proved = False
        return problems + [f"the records of {log.origin} do not have the size or the root that batch {batch.number} names"], True

    def _lose_track(self):
        for log in self.logs.values():
            log.proved = False

    def _enter_vault(self, header):
        if self._ledger and header["ledger"] != self._ledger:
            yield "ChainBroken", 0, "the vault belongs to another ledger"
        if header["batch"] != self._vault_last + 1 or header["previous"] != self._vault_hash:
            yield "ChainBroken", 0, f"the vault segment does not follow vault batch {self._vault_last}"

    def _add_vault(self, batch):
        problems = []
        if batch.number != self._vault_last + 1 or batch.previous != self._vault_hash or batch.sequence != self._vault_sequence:
            problems.append(f"vault batch {batch.number} does not follow vault batch {self._vault_last}")
        if batch.companion <= self._companion:
            problems.append(f"vault batch {batch.number} belongs to batch {batch.companion}, not after the one before")
        if batch.companion > self._last:
            self._orphans += 1
        else:
            self._companion, self._vault_last, self._vault_hash = batch.companion, batch.number, batch.hash
            self._vault_sequence = batch.sequence + batch.count
            for number, _, position, _ in batch.touched:
                if number not in self.logs or position >= self.logs[number].tree.size:
                    problems.append(f"vault batch {batch.number} has payloads of records that do not exist")
        return [("VaultContradicted", problem) for problem in problems]

    def _compare(self):
        """How far each log is signed for."""
        reached = {}
        by_origin = {log.origin: log for number, log in self.logs.items() if number}
        for origin in sorted(self._notes):
            signed, log = self._signed[origin], by_origin.get(origin)
            size = log.tree.size if log else 0
            if signed is None or signed[0] != origin:
                self._find("CheckpointInvalid", origin, -1, "the kept checkpoint is malformed or signed by none of the keys given")
            elif log is None and signed[1] == 0:
                continue
            elif size < signed[1]:
                self._find("BehindCheckpoint", origin, -1, f"there are {size} records and {signed[1]} in the checkpoint kept apart: cut or rolled back")
            elif log.tree.wanted_root != signed[2]:
                self._find("CheckpointContradicted", origin, -1, f"the first {signed[1]} records are not those of the checkpoint kept apart: another history")
            elif log.proved:
                reached[origin] = signed[1]
        for origin in sorted(set(by_origin) - set(self._notes)):
            self._find("CheckpointMissing", origin, -1, "no checkpoint is at hand: a cut or rewritten log could not be told")
        return reached

    def report(self, name):
        return {
            "name": name, "sound": not any(f["violation"] for f in self.findings), "records": self.records, "pruned_by": self.pruned_by, "findings": self.findings,
            "logs": [{"origin": log.origin, "size": log.tree.size, "root": log.tree.root().hex(), "proved": log.proved, "pruned": log.pruned if number else 0, "checkpoint_size": self.reached.get(log.origin)}
                     for number, log in sorted(self.logs.items(), key=lambda item: item[1].origin) if number],
        }


def verify_ledgers(root, checkpoints, key):
    """Every ledger of a data folder; one that has checkpoints and no folder any more is one that somebody took away."""
    files = Folder(root)
    if os.path.isdir(os.path.join(root, "segments")):
        own = os.path.basename(os.path.abspath(root))
        kept = [p for p in ((os.path.join(checkpoints, own), checkpoints) if checkpoints else ()) if os.path.isdir(p)]
        return [Ledger(files, "", Folder(kept[0]) if kept else None, key).report(own)]
    names = {name for name in os.listdir(root) if os.path.isdir(os.path.join(root, name, "segments"))}
    if checkpoints:
        names |= {name for name in os.listdir(checkpoints) if os.path.isdir(os.path.join(checkpoints, name))}
    if not names:
        raise BadInput(f"{root} holds no ledger")
    reports = []
    for name in sorted(names):
        kept = os.path.join(checkpoints, name) if checkpoints else ""
        reports.append(Ledger(files, name + "/", Folder(kept) if os.path.isdir(kept) else None, key).report(name))
    return reports


# --- proofs and evidence packs -------------------------------------------------------------------------------------------------

def read_proof(data):
    """C2SP tlog-proof: (extra or None, index, hashes, checkpoint), or None where it is malformed."""
    head, split, note = data.partition(b"\n\n")
    try:
        lines = head.decode("ascii").split("\n")
    except UnicodeDecodeError:
        return None
    if not split or lines.pop(0) != "c2sp.org/tlog-proof@v1" or not lines:
        return None
    extra = None
    if lines[0].startswith("extra "):
        extra = strict_base64(lines.pop(0)[6:])
        if extra is None:
            return None
    match = re.fullmatch("index (0|[1-9][0-9]{0,19})", lines.pop(0)) if lines else None
    hashes = [strict_base64(line) for line in lines]
    if not match or len(hashes) > MAX_HASHES or any(h is None or len(h) != 32 for h in hashes):
        return None
    return extra, int(match.group(1)), hashes, note


def proof_problem(proof, record, key):
    """Why a proof does not put a record into a log that this key signed; None where it does."""
    signed = accepted(proof[3], key)
    if signed is None:
        return "CheckpointInvalid", "the checkpoint is malformed or not signed by the key"
    if root_of_proof(proof[1], signed[1], leaf_hash(record), proof[2]) != signed[2]:
        return "ProofFails", f"this is not entry {proof[1]} of {signed[0]} as its checkpoint of size {signed[1]} signs it"
    return None


def verify_proof(path, key):
    if key is None:
        raise BadInput("a proof is checked with the installation's key: give --key")
    with open(path, "rb") as file:
        proof = read_proof(file.read())
    findings = []
    if proof is None or proof[0] is None:
        findings.append(("ProofMalformed", "this is no proof that carries its record"))
    else:
        problem = proof_problem(proof, proof[0], key)
        findings += [problem] if problem else []
    return [{"name": os.path.basename(path), "sound": not findings, "records": 0 if findings else 1, "logs": [],
             "findings": [{"kind": kind, "file": os.path.basename(path), "offset": -1, "detail": detail, "violation": True} for kind, detail in findings]}]


class Pack:
    """An evidence pack (docs/evidence.md): every file is what the manifest says, and every record is in a log that the key signed."""

    def __init__(self, files, key):
        self.findings, self.records, self.logs = [], 0, []
        self._files = files
        names = set(files.names())
        self._manifest = self._read_manifest(names)
        if self._manifest is None:
            return
        self._check_files(names)
        self._check_names(names)
        for log in self._manifest["logs"]:
            self._check_log(log, key, names)
        self._check_effects()
        self._check_bundles()
        self._check_range(names)

    def _find(self, kind, file, detail):
        self.findings.append({"kind": kind, "file": file, "offset": -1, "detail": detail, "violation": kind not in NOT_VIOLATIONS})

    def _read_manifest(self, names):
        try:
            manifest = json.loads(self._files.read("manifest.json").decode("utf-8")) if "manifest.json" in names else None
            if (manifest["format"] == "writ-evidence/1" and all(isinstance(v, str) for v in manifest["files"].values())
                    and all(isinstance(log[m], str) for log in manifest["logs"] for m in ("name", "origin", "key"))):
                return manifest
        except (ValueError, KeyError, TypeError, AttributeError):
            pass
        self._find("PackMalformed", "manifest.json", "there is no manifest of format writ-evidence/1")
        return None

    def _check_files(self, names):
        listed = self._manifest["files"]
        for name in sorted(names - {"manifest.json"} - set(listed)):
            self._find("ForeignFile", name, "the manifest does not name it")
        for name in sorted(listed):
            if name not in names:
                self._find("FileMissing", name, "the manifest names it, and it is not here")
            elif sha256(self._files.read(name)).hex() != listed[name]:
                self._find("FileAltered", name, "it does not have the hash that the manifest names")

    def _check_names(self, names):
        """Every file has its place, so that nothing is believed that no log vouches for."""
        logs = [log["name"] for log in self._manifest["logs"]]
        if len(set(logs)) != len(logs) or "decisions" not in logs:
            self._find("PackMalformed", "manifest.json", "it does not name the log of decisions, or one log twice")
        for name in sorted(names - {"manifest.json", "report.html"}):
            folder, _, file = name.partition("/")
            if folder not in logs or not re.fullmatch(r"checkpoint|[0-9]{12}\.(json|tlog-proof)", file, re.ASCII):
                self._find("ForeignFile", name, "it is neither a record, a proof nor the checkpoint of a log that the manifest names")

    def _check_log(self, log, key, names):
        folder = log["name"] + "/"
        try:
            own = read_key(log["key"])
        except BadInput:
            self._find("PackMalformed", "manifest.json", f"the key of {log['origin']} cannot be read")
            return
        if key is None:
            self._find("KeyUnconfirmed", folder, f"checked with the pack's own key {log['key']}: compare it with one from elsewhere")
        elif key != own:
            self._find("CheckpointInvalid", folder, "the pack's key is not the key given")
        trusted = key or own
        checkpoint = accepted(self._files.read(folder + "checkpoint"), trusted) if folder + "checkpoint" in names else None
        if checkpoint is None or checkpoint[0] != log["origin"]:
            self._find("CheckpointInvalid", folder + "checkpoint", "the checkpoint is missing, malformed, another log's or not signed by the key")
            return
        found = 0
        for name in sorted(n for n in names if n.startswith(folder) and n.endswith(".json")):
            proof_name = name[:-5] + ".tlog-proof"
            proof = read_proof(self._files.read(proof_name)) if proof_name in names else None
            record = self._files.read(name)
            if proof is None:
                self._find("ProofMalformed", proof_name, "there is no proof for this record")
                continue
            problem = proof_problem(proof, record, trusted)
            if problem is None and f"{folder}{proof[1]:012d}.json" != name:
                problem = "ProofFails", f"the record is entry {proof[1]}, not what its name says"
            if problem is None and read_checkpoint(read_note(proof[3])[0])[0] != log["origin"]:
                problem = "ProofFails", "the proof is of another log"
            if problem:
                self._find(problem[0], name, problem[1])
            found += problem is None
        self.records += found
        self.logs.append({"origin": log["origin"], "size": found, "root": checkpoint[2].hex(), "proved": True, "checkpoint_size": checkpoint[1]})

    def _read_records(self, log):
        for name in self._files.names(log + "/"):
            if name.endswith(".json"):
                try:
                    yield name, json.loads(self._files.read(name).decode("utf-8"))
                except ValueError:
                    self._find("RecordMalformed", name, "the record is no JSON")

    def _check_range(self, names):
        """A pack of a range has each of its records: their proofs say where in the log they lie, so that a gap shows."""
        question = self._manifest.get("question")
        first, last = (question.get("first"), question.get("last")) if isinstance(question, dict) else (None, None)
        if type(first) is not int or type(last) is not int or not 0 <= first <= last:
            return
        for index in range(first, last + 1):
            if f"decisions/{index:012d}.json" not in names:
                self._find("RecordMissing", f"decisions/{index:012d}.json", f"the pack is of records {first} to {last} of the decision log, and this one is not in it")
                break

    def _check_effects(self):
        effects, permitted = set(), {}
        for name, record in self._read_records("decisions"):
            if record.get("kind") == "effect":
                effects.add(record.get("decision"))
            elif record.get("kind") == "decision" and record.get("outcome") in ("ALLOW", "ALLOW_WITH_CONSTRAINTS"):
                permitted[record.get("id")] = name
        for decision, name in sorted(permitted.items(), key=lambda item: item[1]):
            if decision not in effects:
                self._find("EffectOutstanding", name, "what was permitted here had no effect on record when the pack was made")

    def _check_bundles(self):
        """The content of a bundle, put together from its parts, has the digest under which it was published."""
        parts, published = {}, {}
        for name, record in self._read_records("control"):
            action = record.get("action", {})
            if action.get("kind") == "bundle.part":
                parts.setdefault(action.get("digest"), {})[action.get("part")] = action.get("content", "")
            elif action.get("kind") == "bundle.published":
                published[name] = action.get("digest")
        for name, digest in sorted(published.items()):
            pieces = parts.get(digest)
            content = b"".join(strict_base64(pieces[i]) or b"" for i in sorted(pieces)) if pieces else b""
            if not pieces or sha256(content).hex() != digest:
                self._find("DigestUnresolved", name, f"the bundle {digest} is not in the pack as it was published")

    def report(self, name):
        return {"name": name, "sound": not any(f["violation"] for f in self.findings), "records": self.records, "findings": self.findings, "logs": self.logs}


# --- the command -------------------------------------------------------------------------------------------------------------------

def verify(path, checkpoints, key):
    """What is found at a path: one report for each ledger, proof or pack."""
    if os.path.isdir(path):
        if os.path.isfile(os.path.join(path, "manifest.json")):
            return [Pack(Folder(path), key).report(os.path.basename(os.path.abspath(path)))]
        if checkpoints and key is None:
            raise BadInput("there are checkpoints but no key to check them with: give --key")
        return verify_ledgers(path, checkpoints, key)
    if not os.path.isfile(path):
        raise BadInput(f"there is no {path}")
    with open(path, "rb") as file:
        start = file.read(20)
    if start.startswith(b"c2sp.org/tlog-proof@"):
        return verify_proof(path, key)
    if zipfile.is_zipfile(path):
        return [Pack(Archive(path), key).report(os.path.basename(path))]
    raise BadInput(f"{path} is neither a folder, an evidence pack nor a proof")


def plain(text):
    """A text that came out of a file, safe to print."""
    return "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in text)


def show(report):
    for log in report["logs"]:
        signed = "none" if log["checkpoint_size"] is None else log["checkpoint_size"]
        print(f"{plain(log['origin'])}: {log['size']} records, signed for {signed}, root {log['root'][:16]}")
        if log.get("pruned"):
            print(f"note: its first {log['pruned']} records were pruned past their retention; hashes present")
    if report.get("pruned_by"):
        print(f"note: pruned by {plain(', '.join(report['pruned_by']))}")
    for finding in report["findings"]:
        place = plain(finding["file"]) + (f" at byte {finding['offset']}" if finding["offset"] >= 0 else "")
        print(f"{'found' if finding['violation'] else 'note'}: {finding['kind']} {place}: {plain(finding['detail'])}")
    print(f"{plain(report['name'])}: " + (f"sound, {report['records']} records" if report["sound"] else "NOT SOUND"))


def main(arguments):
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("path", nargs="+", metavar="PATH")
    parser.add_argument("--key", metavar="KEY")
    parser.add_argument("--checkpoints", metavar="FOLDER")
    parser.add_argument("--json", action="store_true", help="one line of JSON for each PATH")
    given = parser.parse_args(arguments)
    sound = True
    try:
        key = read_key(given.key) if given.key else None
        if given.checkpoints and not os.path.isdir(given.checkpoints):
            raise BadInput(f"there is no folder {given.checkpoints}")
        for path in given.path:
            reports = verify(path, given.checkpoints, key)
            if given.json:
                print(json.dumps({"path": path, "sound": all(r["sound"] for r in reports), "ledgers": reports}))
            else:
                for report in reports:
                    show(report)
            sound = sound and all(r["sound"] for r in reports)
    except (BadInput, OSError, zipfile.BadZipFile) as problem:
        print(f"writ_verify: {problem}", file=sys.stderr)
        return 2
    if not given.json:
        print("not proved: that everything, checkpoints included, was not rolled back together; only a witness elsewhere can tell")
    return 0 if sound else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

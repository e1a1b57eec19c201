using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Writ.Crypto.Hashing;

/// <summary>
/// SHA-256 (FIPS 180-4) of up to eight messages at once, one in each 32-bit lane of a vector; every message gets a one-byte
/// prefix. Hot: guarded by the ledger benchmark, which the cost of one library call per leaf would halve.
/// </summary>
internal static unsafe class Sha256Lanes
{
    /// <summary>How many messages are hashed at once.</summary>
    public const int Width = 8;

    private const int Block = 64;

    /// <summary>True where the machine has the instructions.</summary>
    public static bool IsSupported => Avx2.IsSupported;

    private static ReadOnlySpan<uint> Initial =>
        [0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19];

    private static ReadOnlySpan<uint> K =>
    [
        0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
        0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
        0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
        0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
        0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
        0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
        0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
        0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
    ];

    private static Vector256<byte> BigEndian => Vector256.Create(
        (byte)3, 2, 1, 0, 7, 6, 5, 4, 11, 10, 9, 8, 15, 14, 13, 12, 3, 2, 1, 0, 7, 6, 5, 4, 11, 10, 9, 8, 15, 14, 13, 12);

    /// <summary>
    /// Hashes prefix ‖ data of each lane. All data is read before the first digest of the longest message is written, so digests
    /// may overwrite data of messages of equal length. Lanes of about equal length waste the least.
    /// </summary>
    /// <param name="prefix">The byte before each message.</param>
    /// <param name="lanes">From 1 to <see cref="Width"/> messages.</param>
    [SkipLocalsInit]
    public static void Hash(byte prefix, ReadOnlySpan<Sha256Lane> lanes)
    {
        // Per lane: the first block, and the last one or two. Whole blocks between are read where they lie.
        var heads = stackalloc byte[Width * Block];
        var tails = stackalloc byte[Width * 2 * Block];
        var counts = stackalloc int[Width];
        var tailAt = stackalloc int[Width];
        var blocks = stackalloc byte*[Width];
        var longest = 0;
        for (var i = 0; i < Width; i++)
        {
            // Spare lanes repeat the first message and are not read out.
            ref readonly var lane = ref lanes[i < lanes.Length ? i : 0];
            counts[i] = Sha256Lane.BlocksOf(lane.Length);
            tailAt[i] = (int)((1L + lane.Length) / Block);
            longest = Math.Max(longest, counts[i]);
            Prepare(prefix, lane, tailAt[i], counts[i], heads + i * Block, tails + i * 2 * Block);
        }

        var state = stackalloc Vector256<uint>[8];
        for (var i = 0; i < 8; i++)
            state[i] = Vector256.Create(Initial[i]);
        for (var at = 0; at < longest; at++)
        {
            var ends = 0;
            for (var i = 0; i < Width; i++)
            {
                var own = Math.Min(at, counts[i] - 1);
                blocks[i] = own >= tailAt[i] ? tails + (i * 2 + own - tailAt[i]) * Block
                    : own == 0 ? heads + i * Block
                    : lanes[i < lanes.Length ? i : 0].Data + own * (long)Block - 1;
                ends |= at + 1 == counts[i] ? 1 << i : 0;
            }

            Compress(state, blocks);
            if (ends != 0)
                ReadOut(state, lanes, ends);
        }
    }

    private static void Prepare(byte prefix, in Sha256Lane lane, int tailAt, int count, byte* head, byte* tail)
    {
        var data = new ReadOnlySpan<byte>(lane.Data, lane.Length);
        var end = new Span<byte>(tail, 2 * Block);
        end.Clear();
        if (tailAt == 0)
        {
            end[0] = prefix;
            data.CopyTo(end[1..]);
            end[1 + data.Length] = 0x80;
        }
        else
        {
            head[0] = prefix;
            data[..(Block - 1)].CopyTo(new Span<byte>(head + 1, Block - 1));
            var rest = data[(tailAt * Block - 1)..];
            rest.CopyTo(end);
            end[rest.Length] = 0x80;
        }

        BinaryPrimitives.WriteUInt64BigEndian(end[((count - tailAt) * Block - 8)..], 8 * (1 + (ulong)data.Length));
    }

    private static void ReadOut(Vector256<uint>* state, ReadOnlySpan<Sha256Lane> lanes, int ends)
    {
        var rows = stackalloc Vector256<uint>[8];
        Unsafe.CopyBlock(rows, state, 8 * 32);
        Transpose(rows);
        for (var i = 0; i < lanes.Length; i++)
        {
            if ((ends & (1 << i)) != 0)
                Avx2.Shuffle(rows[i].AsByte(), BigEndian).Store((byte*)lanes[i].Hash);
        }
    }

    [SkipLocalsInit]
    private static void Compress(Vector256<uint>* state, byte** blocks)
    {
        var w = stackalloc Vector256<uint>[16];
        for (var i = 0; i < Width; i++)
        {
            w[i] = Avx2.Shuffle(Vector256.Load(blocks[i]), BigEndian).AsUInt32();
            w[8 + i] = Avx2.Shuffle(Vector256.Load(blocks[i] + 32), BigEndian).AsUInt32();
        }

        Transpose(w);
        Transpose(w + 8);

        var (a, b, c, d) = (state[0], state[1], state[2], state[3]);
        var (e, f, g, h) = (state[4], state[5], state[6], state[7]);
        fixed (uint* k = K)
        {
            for (var t = 0; t < 64; t += 8)
            {
                if (t >= 16)
                    Extend(w, t & 8);
                var now = w + (t & 8);
                Round(a, b, c, ref d, e, f, g, ref h, now[0] + Vector256.Create(k[t]));
                Round(h, a, b, ref c, d, e, f, ref g, now[1] + Vector256.Create(k[t + 1]));
                Round(g, h, a, ref b, c, d, e, ref f, now[2] + Vector256.Create(k[t + 2]));
                Round(f, g, h, ref a, b, c, d, ref e, now[3] + Vector256.Create(k[t + 3]));
                Round(e, f, g, ref h, a, b, c, ref d, now[4] + Vector256.Create(k[t + 4]));
                Round(d, e, f, ref g, h, a, b, ref c, now[5] + Vector256.Create(k[t + 5]));
                Round(c, d, e, ref f, g, h, a, ref b, now[6] + Vector256.Create(k[t + 6]));
                Round(b, c, d, ref e, f, g, h, ref a, now[7] + Vector256.Create(k[t + 7]));
            }
        }

        state[0] += a;
        state[1] += b;
        state[2] += c;
        state[3] += d;
        state[4] += e;
        state[5] += f;
        state[6] += g;
        state[7] += h;
    }

    // The next eight words of the schedule, in place in a ring of sixteen.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Extend(Vector256<uint>* w, int from)
    {
        for (var i = from; i < from + 8; i++)
        {
            var (x, y) = (w[(i + 1) & 15], w[(i + 14) & 15]);
            var s0 = Rotate(x, 7) ^ Rotate(x, 18) ^ Vector256.ShiftRightLogical(x, 3);
            var s1 = Rotate(y, 17) ^ Rotate(y, 19) ^ Vector256.ShiftRightLogical(y, 10);
            w[i] += s0 + w[(i + 9) & 15] + s1;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Round(
        Vector256<uint> a, Vector256<uint> b, Vector256<uint> c, ref Vector256<uint> d,
        Vector256<uint> e, Vector256<uint> f, Vector256<uint> g, ref Vector256<uint> h, Vector256<uint> kw)
    {
        var t = h + kw + (Rotate(e, 6) ^ Rotate(e, 11) ^ Rotate(e, 25)) + (g ^ (e & (f ^ g)));
        d += t;
        h = t + (Rotate(a, 2) ^ Rotate(a, 13) ^ Rotate(a, 22)) + ((a & b) | (c & (a | b)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<uint> Rotate(Vector256<uint> x, [ConstantExpected] byte by) => Avx512F.VL.IsSupported
        ? Avx512F.VL.RotateRight(x, by)
        : Vector256.ShiftRightLogical(x, by) | Vector256.ShiftLeft(x, 32 - by);

    // Eight rows of eight words become eight columns.
    private static void Transpose(Vector256<uint>* rows)
    {
        var (a, b) = (Avx2.UnpackLow(rows[0], rows[1]), Avx2.UnpackHigh(rows[0], rows[1]));
        var (c, d) = (Avx2.UnpackLow(rows[2], rows[3]), Avx2.UnpackHigh(rows[2], rows[3]));
        var (e, f) = (Avx2.UnpackLow(rows[4], rows[5]), Avx2.UnpackHigh(rows[4], rows[5]));
        var (g, h) = (Avx2.UnpackLow(rows[6], rows[7]), Avx2.UnpackHigh(rows[6], rows[7]));
        var (ac, ca) = (Low(a, c), High(a, c));
        var (bd, db) = (Low(b, d), High(b, d));
        var (eg, ge) = (Low(e, g), High(e, g));
        var (fh, hf) = (Low(f, h), High(f, h));
        rows[0] = Avx2.Permute2x128(ac, eg, 0x20);
        rows[1] = Avx2.Permute2x128(ca, ge, 0x20);
        rows[2] = Avx2.Permute2x128(bd, fh, 0x20);
        rows[3] = Avx2.Permute2x128(db, hf, 0x20);
        rows[4] = Avx2.Permute2x128(ac, eg, 0x31);
        rows[5] = Avx2.Permute2x128(ca, ge, 0x31);
        rows[6] = Avx2.Permute2x128(bd, fh, 0x31);
        rows[7] = Avx2.Permute2x128(db, hf, 0x31);

        static Vector256<uint> Low(Vector256<uint> x, Vector256<uint> y) => Avx2.UnpackLow(x.AsUInt64(), y.AsUInt64()).AsUInt32();
        static Vector256<uint> High(Vector256<uint> x, Vector256<uint> y) => Avx2.UnpackHigh(x.AsUInt64(), y.AsUInt64()).AsUInt32();
    }
}

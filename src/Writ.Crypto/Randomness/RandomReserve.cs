using System.Security.Cryptography;

namespace Writ.Crypto.Randomness;

/// <summary>
/// Random bytes of the operating system's, fetched some thousand at a time and handed out once each: a system call for a salt costs as much
/// as sealing the payload. Each thread has a reserve of its own; what is handed out is wiped from it. Thread safe. Guarded by the bench
/// <c>ledger</c>.
/// </summary>
/// <remarks>
/// A virtual machine that is copied while it runs carries its reserves along, and both copies hand out the same bytes. That is harmless for
/// ids and salts. Keys come from <see cref="RandomNumberGenerator"/>, and nonces from what they are used for.
/// </remarks>
public static class RandomReserve
{
    /// <summary>The most bytes of one call that come from the reserve; more are fetched directly.</summary>
    public const int MostAtOnce = 256;

    private const int Length = 4096;

    [ThreadStatic]
    private static Reserve? _mine;

    /// <summary>Fills a span with random bytes.</summary>
    public static void Fill(Span<byte> bytes)
    {
        if (bytes.Length > MostAtOnce)
            RandomNumberGenerator.Fill(bytes);
        else
            (_mine ??= new Reserve()).Take(bytes);
    }

    private sealed class Reserve
    {
        // Pinned, so that no copy stays behind where it was moved from.
        private readonly byte[] _bytes = GC.AllocateUninitializedArray<byte>(Length, pinned: true);
        private int _next = Length;

        public void Take(Span<byte> bytes)
        {
            if (bytes.Length > Length - _next)
            {
                RandomNumberGenerator.Fill(_bytes);
                _next = 0;
            }

            var taken = _bytes.AsSpan(_next, bytes.Length);
            _next += bytes.Length;
            taken.CopyTo(bytes);
            taken.Clear();
        }
    }
}

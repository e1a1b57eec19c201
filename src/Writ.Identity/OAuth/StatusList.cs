using System.Buffers.Text;
using System.IO.Compression;
using System.Text.Json;
using Writ.Identity.Spiffe;

namespace Writ.Identity.OAuth;

/// <summary>
/// A list of statuses that tokens refer to by number (draft-ietf-oauth-status-list, sections 4 and 5): 1, 2, 4 or 8 bits each, from the lowest bit of
/// each byte on, compressed with zlib, in a signed token of type <c>statuslist+jwt</c>.
/// </summary>
public static class StatusList
{
    /// <summary>It is in force (section 7.1).</summary>
    public const byte Valid = 0;

    /// <summary>It is over, for good.</summary>
    public const byte Invalid = 1;

    /// <summary>It is not in force now.</summary>
    public const byte Suspended = 2;

    /// <summary>How long whoever has a list goes without asking again.</summary>
    public static readonly TimeSpan TimeToLive = TimeSpan.FromMinutes(1);

    /// <summary>How long a list counts.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromMinutes(10);

    /// <summary>Packs statuses.</summary>
    /// <param name="statuses">The statuses, from number 0 on.</param>
    /// <param name="bits">How many bits each has: 1, 2, 4 or 8.</param>
    /// <exception cref="ArgumentException">Another number of bits, or a status that does not fit.</exception>
    public static byte[] Pack(ReadOnlySpan<byte> statuses, int bits)
    {
        if (bits is not (1 or 2 or 4 or 8))
            throw new ArgumentException("a status has 1, 2, 4 or 8 bits", nameof(bits));
        var (perByte, most) = (8 / bits, (1 << bits) - 1);
        var packed = new byte[(statuses.Length + perByte - 1) / perByte];
        for (var i = 0; i < statuses.Length; i++)
        {
            if (statuses[i] > most)
                throw new ArgumentException($"{statuses[i]} does not fit into {bits} bits", nameof(statuses));
            packed[i / perByte] |= (byte)(statuses[i] << (i % perByte * bits));
        }

        return packed;
    }

    /// <summary>Signs a list.</summary>
    /// <param name="signer">The token key of the issuer's authority.</param>
    /// <param name="address">Where the list is, which tokens refer to.</param>
    /// <param name="statuses">The statuses.</param>
    /// <param name="bits">How many bits each has.</param>
    /// <param name="now">The time.</param>
    public static string Issue(JwtSvidSigner signer, string address, ReadOnlySpan<byte> statuses, int bits, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(signer);
        using var compressed = new MemoryStream();
        using (var zlib = new ZLibStream(compressed, CompressionLevel.SmallestSize, leaveOpen: true))
            zlib.Write(Pack(statuses, bits));
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("sub", address);
            writer.WriteNumber("iat", now.ToUnixTimeSeconds());
            writer.WriteNumber("exp", (now + Life).ToUnixTimeSeconds());
            writer.WriteNumber("ttl", (long)TimeToLive.TotalSeconds);
            writer.WriteStartObject("status_list");
            writer.WriteNumber("bits", bits);
            writer.WriteString("lst", Base64Url.EncodeToString(compressed.GetBuffer().AsSpan(0, (int)compressed.Length)));
            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        return signer.Sign(buffer.ToArray(), "statuslist+jwt");
    }
}

using System.Text.Json;
using System.Text.Json.Nodes;
using Writ.Crypto.Hashing;
using Writ.Crypto.Json;

namespace Writ.Governance.Decisions;

/// <summary>
/// What the agent supplied, and nothing else. A type of its own, so that no argument can stand where a fact is expected: there is
/// no conversion between the two, and the policy sees arguments under <c>context.args</c> alone. What is decided is what runs: the
/// value is read from the canonical bytes, and doors forward those. Immutable, thread safe.
/// </summary>
public sealed class Arguments
{
    private static readonly JcsLimits Limits = new() { MaxDepth = 32, MaxBytes = 4 << 20 };

    private Arguments(byte[] canonical)
    {
        Canonical = canonical;
        Digest = Hash256.Of(canonical);
        Value = JsonElement.Parse(canonical);
    }

    /// <summary>No arguments: an empty object.</summary>
    public static Arguments None { get; } = new("{}"u8.ToArray());

    /// <summary>The arguments as a JSON object.</summary>
    public JsonElement Value { get; }

    /// <summary>Their RFC 8785 bytes: what is sealed, committed to, bound by an approval, and forwarded.</summary>
    public ReadOnlyMemory<byte> Canonical { get; }

    /// <summary>SHA-256 of <see cref="Canonical"/>.</summary>
    public Hash256 Digest { get; }

    /// <summary>Reads arguments from the bytes an agent sent: an object of I-JSON, at most 4 MiB and 32 levels.</summary>
    public static ArgumentsReading Parse(ReadOnlySpan<byte> json)
    {
        if (!Jcs.TryCanonicalize(json, out var canonical, out var error, Limits))
            return new ArgumentsReading.Refused(error.Message);
        return canonical[0] == '{'
            ? new ArgumentsReading.Read(new Arguments(canonical))
            : new ArgumentsReading.Refused("arguments must be an object");
    }

    /// <summary>Arguments that Writ made itself; null when they are not canonicalizable.</summary>
    internal static Arguments? From(JsonObject made) =>
        Parse(JsonSerializer.SerializeToUtf8Bytes(made, ArgumentsJson.Default.JsonObject)) is ArgumentsReading.Read read ? read.Arguments : null;
}

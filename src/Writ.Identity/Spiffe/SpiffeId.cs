using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace Writ.Identity.Spiffe;

/// <summary>
/// A SPIFFE id, <c>spiffe://trust-domain/path</c>, kept and compared as the very text it was given (SPIFFE-ID section 2). Read by
/// a parser of its own: URI libraries normalize, decode and add slashes, and then two names become one. Immutable, thread safe.
/// </summary>
public sealed class SpiffeId : IEquatable<SpiffeId>
{
    /// <summary>The longest id, in bytes (section 2.3).</summary>
    public const int MaxLength = 2048;

    /// <summary>The longest trust domain, in bytes (section 2.3).</summary>
    public const int MaxTrustDomainLength = 255;

    private const string Scheme = "spiffe://";
    private const string AgentPath = "/agent/";
    private const int UuidLength = 36;

    private static readonly SearchValues<char> TrustDomainCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789.-_");

    private static readonly SearchValues<char> PathCharacters =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_/");

    private readonly string _text;
    private readonly int _pathAt;

    private SpiffeId(string text, int pathAt)
    {
        _text = text;
        _pathAt = pathAt;
    }

    /// <summary>The trust domain, from 1 to 255 characters.</summary>
    public ReadOnlySpan<char> TrustDomain => _text.AsSpan(Scheme.Length, _pathAt - Scheme.Length);

    /// <summary>The path with its leading slash; empty when the id names the trust domain itself.</summary>
    public ReadOnlySpan<char> Path => _text.AsSpan(_pathAt);

    /// <summary>Reads an id; there is no other text for the same id.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out SpiffeId? id, out SpiffeIdFault fault)
    {
        text ??= "";
        fault = Check(text, out var pathAt);
        id = fault == SpiffeIdFault.None ? new SpiffeId(text, pathAt) : null;
        return id is not null;
    }

    /// <summary>The id of an agent, <c>spiffe://trust-domain/agent/uuid</c>. Its owner is not part of it, so a new owner changes nothing.</summary>
    /// <exception cref="ArgumentException">The trust domain breaks a rule of the specification.</exception>
    public static SpiffeId ForAgent(string trustDomain, Guid agent)
    {
        if (!TryParse($"{Scheme}{trustDomain}{AgentPath}{agent:D}", out var id, out var fault) || !id.TrustDomain.SequenceEqual(trustDomain))
            throw new ArgumentException($"'{trustDomain}' is not a trust domain: {fault}", nameof(trustDomain));
        return id;
    }

    /// <summary>True when the id names an agent of Writ's making, and then gives the agent's UUID.</summary>
    public bool TryGetAgent(out Guid agent)
    {
        agent = default;
        return Path.StartsWith(AgentPath)
            && Path.Length == AgentPath.Length + UuidLength
            && !Path[AgentPath.Length..].ContainsAnyInRange('A', 'Z')
            && Guid.TryParseExact(Path[AgentPath.Length..], "D", out agent);
    }

    /// <summary>Equality of the texts, byte for byte.</summary>
    public bool Equals(SpiffeId? other) => other is not null && string.Equals(_text, other._text, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as SpiffeId);

    /// <inheritdoc/>
    public override int GetHashCode() => _text.GetHashCode(StringComparison.Ordinal);

    /// <summary>The id as it was given.</summary>
    public override string ToString() => _text;

    private static SpiffeIdFault Check(string text, out int pathAt)
    {
        pathAt = 0;
        if (!text.StartsWith(Scheme, StringComparison.Ordinal))
            return SpiffeIdFault.WrongScheme;
        if (text.Length > MaxLength)
            return SpiffeIdFault.TooLong;
        var slash = text.IndexOf('/', Scheme.Length);
        pathAt = slash < 0 ? text.Length : slash;
        var trustDomain = text.AsSpan(Scheme.Length, pathAt - Scheme.Length);
        if (trustDomain.IsEmpty)
            return SpiffeIdFault.MissingTrustDomain;
        if (trustDomain.ContainsAnyExcept(TrustDomainCharacters))
            return SpiffeIdFault.WrongTrustDomainCharacter;
        return trustDomain.Length > MaxTrustDomainLength ? SpiffeIdFault.TrustDomainTooLong : CheckPath(text.AsSpan(pathAt));
    }

    private static SpiffeIdFault CheckPath(ReadOnlySpan<char> path)
    {
        if (path.ContainsAnyExcept(PathCharacters))
            return SpiffeIdFault.WrongPathCharacter;
        while (!path.IsEmpty)
        {
            var rest = path[1..];
            var end = rest.IndexOf('/');
            var segment = end < 0 ? rest : rest[..end];
            if (segment.IsEmpty)
                return SpiffeIdFault.EmptySegment;
            if (segment is "." or "..")
                return SpiffeIdFault.DotSegment;
            path = rest[segment.Length..];
        }

        return SpiffeIdFault.None;
    }
}

using System.Collections.Immutable;
using System.Net;

namespace Writ.Governance.Agents;

/// <summary>An API key of an agent, as the registry knows it: never the secret. Immutable.</summary>
/// <param name="KeyId">The public part; names the credential in records.</param>
/// <param name="Agent">Whose it is.</param>
/// <param name="SecretHash">The keyed hash of the secret, in hexadecimal.</param>
/// <param name="ExpiresAt">From when on it is refused.</param>
/// <param name="Revoked">Whether it was revoked; nothing undoes that.</param>
/// <param name="Suspended">Whether a restore suspended it, until somebody vouches for it.</param>
public sealed record AgentKey(string KeyId, AgentId Agent, string SecretHash, DateTimeOffset ExpiresAt, bool Revoked = false, bool Suspended = false)
{
    /// <summary>How long a key goes on working after another took its place.</summary>
    public static readonly TimeSpan Overlap = TimeSpan.FromDays(7);

    /// <summary>The most networks that a key is bound to.</summary>
    public const int MaxSources = 16;

    /// <summary>From where alone it is taken; none for everywhere.</summary>
    public ImmutableArray<IPNetwork> Sources { get; init; } = [];

    /// <summary>The networks that were written as CIDR; null where one of them is none.</summary>
    public static ImmutableArray<IPNetwork>? ReadSources(ImmutableArray<string> texts)
    {
        var sources = ImmutableArray.CreateBuilder<IPNetwork>(texts.Length);
        foreach (var text in texts)
        {
            if (!IPNetwork.TryParse(text, out var network))
                return null;
            sources.Add(network);
        }

        return texts.Length > MaxSources ? null : sources.ToImmutable();
    }

    /// <summary>Whether a call from an address is taken. An address that nobody knows is inside no network.</summary>
    public bool IsTakenFrom(IPAddress? address)
    {
        if (Sources.IsEmpty)
            return true;
        if (address is null)
            return false;
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        foreach (var source in Sources)
        {
            if (source.Contains(plain))
                return true;
        }

        return false;
    }
}

using System.Collections.Immutable;
using System.Text.Json;

namespace Writ.Server.Api;

/// <summary>A root of a delegation chain that an agent is to be given.</summary>
internal sealed record DelegationBody
{
    /// <summary>The public key that the agent holds it with, a JWK: Ed25519 or P-256.</summary>
    public required JsonElement Key { get; init; }

    /// <summary>By <c>server/tool</c>, by argument, what it may be; an empty object allows any arguments.</summary>
    public required JsonElement Tools { get; init; }

    /// <summary>How many seconds it lives, from 60 to 7,776,000.</summary>
    public required long Seconds { get; init; }

    /// <summary>How often it may be handed on, from 0 to 8.</summary>
    public required int MaxDepth { get; init; }

    /// <summary>How much all calls may cost, in nano-USD.</summary>
    public long? SpendNanoUsd { get; init; }

    /// <summary>How much one call may cost, in nano-USD.</summary>
    public long? SpendPerCallNanoUsd { get; init; }

    public long? Calls { get; init; }

    /// <summary>The classes of data that tools may touch.</summary>
    public ImmutableArray<string>? DataClasses { get; init; }

    public string? Purpose { get; init; }
}

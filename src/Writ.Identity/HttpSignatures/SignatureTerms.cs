using System.Collections.Immutable;

namespace Writ.Identity.HttpSignatures;

/// <summary>What a signature that is made covers and says.</summary>
public sealed record SignatureTerms
{
    /// <summary>Its name in the two fields; by default <c>sig1</c>.</summary>
    public string Label { get; init; } = "sig1";

    /// <summary>The components that it covers, in order.</summary>
    public required ImmutableArray<string> Components { get; init; }

    /// <summary>The components that it covers, after those, of the request that a response answers; by default none.</summary>
    public ImmutableArray<string> RequestComponents { get; init; } = [];

    /// <summary>When it is made.</summary>
    public required DateTimeOffset Created { get; init; }

    /// <summary>Until when it counts; null for no end.</summary>
    public DateTimeOffset? Expires { get; init; }

    /// <summary>What makes it the only one; null for nothing.</summary>
    public string? Nonce { get; init; }

    /// <summary>Names the key.</summary>
    public required string KeyId { get; init; }

    /// <summary>What it is for; null where it does not say.</summary>
    public string? Tag { get; init; }

    /// <summary>Whether it names its algorithm.</summary>
    public bool WithAlgorithm { get; init; }
}

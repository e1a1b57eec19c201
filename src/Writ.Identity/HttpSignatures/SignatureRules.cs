using System.Collections.Immutable;

namespace Writ.Identity.HttpSignatures;

/// <summary>What a signature has to cover and to say. RFC 9421 (section 3.2.1) leaves that to each use of it, and an unstated rule is none.</summary>
public sealed record SignatureRules
{
    /// <summary>The shortest nonce, in characters.</summary>
    public const int MinNonce = 16;

    /// <summary>The longest nonce, in characters.</summary>
    public const int MaxNonce = 128;

    /// <summary>The components that are always covered.</summary>
    public ImmutableArray<string> Required { get; init; } = [];

    /// <summary>Whether the whole address is covered: <c>@target-uri</c>, or <c>@authority</c> with <c>@path</c> and <c>@query</c>.</summary>
    public bool Target { get; init; }

    /// <summary>The fields that are covered where the message has them.</summary>
    public ImmutableArray<string> IfPresent { get; init; } = [];

    /// <summary>What it is for; null where that does not matter.</summary>
    public string? Tag { get; init; }

    /// <summary>The longest time from <c>created</c> to <c>expires</c>, both of which are needed then; null where time does not matter.</summary>
    public TimeSpan? MaxAge { get; init; }

    /// <summary>By how much clocks may differ; by default 30 s.</summary>
    public TimeSpan Skew { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Whether a nonce is needed, of <see cref="MinNonce"/> to <see cref="MaxNonce"/> characters.</summary>
    public bool Nonce { get; init; }
}

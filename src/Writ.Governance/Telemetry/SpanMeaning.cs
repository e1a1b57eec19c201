using System.Buffers;

namespace Writ.Governance.Telemetry;

/// <summary>What a span says, in one form for every vocabulary. Claimed, all of it. Immutable.</summary>
internal sealed record SpanMeaning
{
    /// <summary>The longest name of a model, a provider or a tool that stands in a record.</summary>
    public const int MaxName = 128;

    /// <summary>The most tokens that are believed of one span.</summary>
    public const long MostTokens = 1_000_000_000_000;

    /// <summary>What such a name is made of.</summary>
    public static readonly SearchValues<char> NameCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._:/+-");

    /// <summary>What was done, by one of <see cref="SpanVocabulary.OperationWords"/>.</summary>
    public required string Operation { get; init; }

    /// <summary>Whether a tool was used: then a decision has to have permitted it.</summary>
    public required bool IsTool { get; init; }

    public string? Model { get; init; }

    public string? Provider { get; init; }

    public string? Tool { get; init; }

    public string? Error { get; init; }

    public long? InputTokens { get; init; }

    public long? OutputTokens { get; init; }
}

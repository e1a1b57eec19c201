namespace Writ.Cli.Api;

/// <summary>How a canary stands.</summary>
internal sealed record CanaryView(
    CanaryTermsView Terms, IReadOnlyDictionary<string, long> Canary, IReadOnlyDictionary<string, long> Others, bool Suspended, DateTimeOffset? CountedSince = null, string? Left = null);

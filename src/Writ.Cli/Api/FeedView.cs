namespace Writ.Cli.Api;

/// <summary>A feed as people see it.</summary>
internal sealed record FeedView(
    string Name, string Url, string Format, string Where, IReadOnlyList<FeedLogView> Logs, string? SecretVariable = null, bool? SecretSet = null);

namespace Writ.Cli.Api;

/// <summary>A version of an agent as the server tells it.</summary>
internal sealed record VersionView
{
    public required string Name { get; init; }

    public required string Model { get; init; }

    public string? Provider { get; init; }

    public string? PromptHash { get; init; }

    public int? PromptNumber { get; init; }

    public IReadOnlyDictionary<string, string>? Parameters { get; init; }

    public IReadOnlyDictionary<string, string>? Tools { get; init; }

    public IReadOnlyDictionary<string, string>? Scores { get; init; }

    public string? Approval { get; init; }
}

namespace Writ.Cli.Api;

/// <summary>A person, what they may do and which teams they are in.</summary>
internal sealed record PersonView(string Name, string DisplayName, IReadOnlyList<string> Capabilities, IReadOnlyList<string> Teams)
{
    public DateTimeOffset? LeftAt { get; init; }

    /// <summary>By team, what they may do to its agents alone.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>>? TeamCapabilities { get; init; }

    /// <summary>What a directory calls the person.</summary>
    public string? UserName { get; init; }
}

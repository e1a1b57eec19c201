namespace Writ.Server.Api;

/// <summary>What an agent says of itself. All of it is claimed.</summary>
internal sealed record EnrolBody
{
    /// <summary>What people will call it.</summary>
    public required string Name { get; init; }

    /// <summary>What it is built with.</summary>
    public required string Framework { get; init; }

    public string? FrameworkVersion { get; init; }

    public string? Version { get; init; }

    public string? Model { get; init; }

    public string? Provider { get; init; }

    /// <summary>SHA-256 of its prompt.</summary>
    public string? PromptHash { get; init; }

    /// <summary>A PKCS#10 request signed with its own key; null where it has none.</summary>
    public string? Request { get; init; }
}

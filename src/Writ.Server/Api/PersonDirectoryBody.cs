namespace Writ.Server.Api;

/// <summary>What a directory calls a person whom it is to speak of.</summary>
internal sealed record PersonDirectoryBody
{
    public required string UserName { get; init; }

    public string? ExternalId { get; init; }

    /// <summary>The label of the directory; null where there is only one.</summary>
    public string? Directory { get; init; }
}

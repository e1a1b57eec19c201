namespace Writ.Server.Api;

/// <summary>Which version is promoted, by default whichever is tried; and the digest of what it replaces, where that is not what it was staged over.</summary>
internal sealed record PromoteBody(string? Digest = null, string? Replaces = null)
{
    /// <summary>How many newly refused recorded actions are accepted.</summary>
    public int? AcceptDenials { get; init; }

    /// <summary>Why owners of agents to whom something will be refused are not waited for, in at most 500 characters.</summary>
    public string? Override { get; init; }
}

namespace Writ.Governance.Decisions;

/// <summary>What the agent says of itself, unproved: recorded, shown to people as claimed, never a reason to permit.</summary>
/// <param name="Purpose">Why it says it acts.</param>
/// <param name="OnBehalfOf">For whom it says it acts.</param>
/// <param name="AgentVersion">The version it says it is.</param>
public sealed record Claims(string? Purpose, string? OnBehalfOf, string? AgentVersion)
{
    /// <summary>The longest claim kept, in characters; longer ones are refused by the door.</summary>
    public const int MaxLength = 256;

    public static Claims None { get; } = new(null, null, null);

    /// <summary>These claims, and those of <paramref name="above"/> where these say nothing: what was claimed once is not unsaid below.</summary>
    public Claims Over(Claims above) =>
        new(Purpose ?? above.Purpose, OnBehalfOf ?? above.OnBehalfOf, AgentVersion ?? above.AgentVersion);

    public bool Any => Purpose is not null || OnBehalfOf is not null || AgentVersion is not null;
}

using System.Collections.Immutable;

namespace Writ.Gateways.Mcp.Governed;

/// <summary>The limits under which a call was permitted, as far as the door enforces them itself.</summary>
public sealed record ResultRules
{
    /// <summary>No limits.</summary>
    public static ResultRules None { get; } = new();

    /// <summary>The ring that the server has to run in at least; 0 for any.</summary>
    public int Ring { get; init; }

    /// <summary>How long the server has to answer.</summary>
    public TimeSpan? TimeLimit { get; init; }

    /// <summary>The most bytes of content that reach the agent.</summary>
    public int? OutputLimit { get; init; }

    /// <summary>The names of fields that are replaced wherever they stand.</summary>
    public ImmutableSortedSet<string> RedactedFields { get; init; } = [];

    /// <summary>The user whose objects alone come back, where <see cref="SubjectFields"/> says how they are known.</summary>
    public string Subject { get; init; } = "";

    /// <summary>The fields that have to hold the user; none where results are not filtered.</summary>
    public ImmutableSortedSet<string> SubjectFields { get; init; } = [];

    /// <summary>Whether results pass as they are.</summary>
    public bool LeaveResultsAlone => OutputLimit is null && !LooksInside;

    /// <summary>Whether results are taken apart, so that what has no fields is withheld.</summary>
    public bool LooksInside => !RedactedFields.IsEmpty || !SubjectFields.IsEmpty;
}

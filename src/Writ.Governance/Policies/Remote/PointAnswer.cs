namespace Writ.Governance.Policies.Remote;

/// <summary>How one decision point answered, as the decision's record has it. A replay reads it here and asks nobody.</summary>
/// <param name="Name">Which point.</param>
/// <param name="Reply">What it said.</param>
/// <param name="Elapsed">How long that took.</param>
public sealed record PointAnswer(string Name, PointReply Reply, TimeSpan Elapsed)
{
    /// <summary><c>allow</c>, <c>deny</c>, or the word of what failed.</summary>
    public string Word => Reply switch
    {
        PointReply.Allowed => "allow",
        PointReply.Refused => "deny",
        PointReply.NoAnswer none => none.Failure.Word(),
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}

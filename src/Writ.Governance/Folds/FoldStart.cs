namespace Writ.Governance.Folds;

/// <summary>How a fold began. Closed.</summary>
public abstract record FoldStart
{
    private FoldStart()
    {
    }

    /// <summary>With a snapshot of so many records.</summary>
    public sealed record Begun(long Records) : FoldStart;

    /// <summary>With the first record: there is no snapshot.</summary>
    public sealed record Absent : FoldStart;

    /// <summary>With the first record: the snapshot was made by another build of Writ.</summary>
    public sealed record OtherBuild : FoldStart;

    /// <summary>With the first record: there is a snapshot that is not to be believed.</summary>
    public sealed record Refused(string Code, string Message) : FoldStart;
}

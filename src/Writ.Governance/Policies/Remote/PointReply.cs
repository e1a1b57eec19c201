namespace Writ.Governance.Policies.Remote;

/// <summary>What a decision point said. Only <see cref="Allowed"/> lets the action go on.</summary>
public abstract record PointReply
{
    private PointReply()
    {
    }

    /// <summary>A clear yes, without conditions.</summary>
    public sealed record Allowed : PointReply
    {
        public static Allowed Instance { get; } = new();
    }

    /// <summary>A clear no.</summary>
    /// <param name="How">How it said so, in Writ's own words.</param>
    public sealed record Refused(string How) : PointReply;

    /// <summary>Nothing that counts as an answer.</summary>
    /// <param name="Failure">Of what kind.</param>
    /// <param name="Detail">For people, in Writ's own words; nothing of what the other side sent.</param>
    public sealed record NoAnswer(PointFailure Failure, string Detail) : PointReply;
}

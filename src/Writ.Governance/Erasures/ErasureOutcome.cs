using Writ.Governance.Controls;
using Writ.Governance.Holds;
using Writ.Governance.Policies.Publishing;

namespace Writ.Governance.Erasures;

/// <summary>What came of asking for, confirming or declining an erasure. Closed.</summary>
public abstract record ErasureOutcome
{
    private ErasureOutcome()
    {
    }

    /// <summary>It is recorded; how it stands now.</summary>
    public sealed record Done(Erasure Erasure) : ErasureOutcome;

    /// <summary>Nothing is sealed for such a subject.</summary>
    public sealed record UnknownSubject : ErasureOutcome
    {
        public static UnknownSubject Instance { get; } = new();
    }

    /// <summary>There is no such erasure.</summary>
    public sealed record Unknown : ErasureOutcome
    {
        public static Unknown Instance { get; } = new();
    }

    /// <summary>A legal hold stands against it.</summary>
    public sealed record UnderHold(LegalHold Hold) : ErasureOutcome;

    /// <summary>The confirmation does not count.</summary>
    public sealed record Unconfirmed(ConfirmationObstacle Obstacle) : ErasureOutcome;

    /// <summary>The control action was not taken.</summary>
    public sealed record Refused(ControlOutcome Outcome) : ErasureOutcome;
}

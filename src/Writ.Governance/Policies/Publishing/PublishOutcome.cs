using Writ.Governance.Controls;

namespace Writ.Governance.Policies.Publishing;

/// <summary>What came of publishing, confirming or declining a bundle. Closed.</summary>
public abstract record PublishOutcome
{
    private PublishOutcome()
    {
    }

    /// <summary>It decides from the next decision on.</summary>
    /// <param name="Bundle">The bundle.</param>
    /// <param name="Ground">Why one person was enough; null where a second confirmed it.</param>
    /// <param name="Finding">What the comparison with what held before came to.</param>
    public sealed record Active(PublishedBundle Bundle, PublicationGround? Ground, PublicationFinding Finding) : PublishOutcome;

    /// <summary>It waits for a second person; what held still holds.</summary>
    public sealed record Proposed(BundleProposal Proposal) : PublishOutcome;

    /// <summary>It cannot be published at all.</summary>
    public sealed record Faulty(IReadOnlyList<PolicyProblem> Problems) : PublishOutcome;

    /// <summary>The confirmation does not count.</summary>
    public sealed record Unconfirmed(ConfirmationObstacle Obstacle) : PublishOutcome;

    /// <summary>The control action was not taken.</summary>
    public sealed record Refused(ControlOutcome Outcome) : PublishOutcome;

    /// <summary>The proposal is gone.</summary>
    public sealed record Declined : PublishOutcome
    {
        public static Declined Instance { get; } = new();
    }
}

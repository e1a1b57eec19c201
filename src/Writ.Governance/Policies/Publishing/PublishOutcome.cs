using Writ.Governance.Controls;
using Writ.Governance.Policies.Lifecycle.Canary;

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
    /// <param name="Forecast">What it newly refuses.</param>
    public sealed record Active(PublishedBundle Bundle, PublicationGround? Ground, PublicationFinding Finding, DenialForecast Forecast) : PublishOutcome
    {
        /// <summary>For whom it decides, where that is not everybody.</summary>
        public CanaryTerms? Canary { get; init; }
    }

    /// <summary>It waits for a second person, or for owners of agents; what held still holds.</summary>
    public sealed record Proposed(BundleProposal Proposal) : PublishOutcome;

    /// <summary>It cannot be published at all.</summary>
    public sealed record Faulty(IReadOnlyList<PolicyProblem> Problems) : PublishOutcome;

    /// <summary>The confirmation does not count.</summary>
    public sealed record Unconfirmed(ConfirmationObstacle Obstacle) : PublishOutcome;

    /// <summary>The control action was not taken.</summary>
    public sealed record Refused(ControlOutcome Outcome) : PublishOutcome;

    /// <summary>More would newly be refused than a publish may without its number being accepted.</summary>
    public sealed record Jump(DenialForecast Forecast) : PublishOutcome;

    /// <summary>The acknowledgement is recorded.</summary>
    public sealed record Acknowledged : PublishOutcome
    {
        public static Acknowledged Instance { get; } = new();
    }

    /// <summary>The proposal is gone.</summary>
    public sealed record Declined : PublishOutcome
    {
        public static Declined Instance { get; } = new();
    }
}

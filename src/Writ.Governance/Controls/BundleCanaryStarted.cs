using Writ.Governance.Policies.Lifecycle.Canary;
using Writ.Governance.Policies.Publishing;

namespace Writ.Governance.Controls;

/// <summary>A candidate decides for a share of the agents or tasks.</summary>
public sealed record BundleCanaryStarted(string Name, string Digest, CanaryTerms Terms) : ControlAction
{
    /// <summary>Why one person's act was enough; null where the installation itself acted.</summary>
    public PublicationGround? Ground { get; init; }
}

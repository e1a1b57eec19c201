using Writ.Governance.Policies.Signing;

namespace Writ.Governance.Policies.Publishing;

/// <summary>What a person asks to be published, and what it takes into account.</summary>
/// <param name="Archive">The bundle.</param>
public sealed record PublishRequest(BundleArchive Archive)
{
    /// <summary>The digest that the publisher looked at; with another active one nothing is done. Null: whatever is active.</summary>
    public string? Replaces { get; init; }

    /// <summary>The publisher's signature; null where there is none.</summary>
    public BundleSignature? Signature { get; init; }

    /// <summary>How many newly refused recorded actions the publisher accepts, beyond the bound at which a publish is refused.</summary>
    public int? AcceptDenials { get; init; }

    /// <summary>Why the owners of agents to whom something will be refused are not waited for; recorded. Null: they are.</summary>
    public string? Override { get; init; }
}

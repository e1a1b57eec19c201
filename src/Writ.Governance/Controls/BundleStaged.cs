using Writ.Governance.Policies.Signing;

namespace Writ.Governance.Controls;

/// <summary>A bundle is tried beside the ones that hold and decides nothing; its parts precede it in the log.</summary>
public sealed record BundleStaged(string Name, string Version, string Digest) : ControlAction
{
    /// <summary>The publisher's signature; null where a token alone vouches for it.</summary>
    public BundleSignature? Signature { get; init; }
}

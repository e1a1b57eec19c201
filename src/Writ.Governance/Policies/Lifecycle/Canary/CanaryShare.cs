using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Writ.Governance.Decisions;

namespace Writ.Governance.Policies.Lifecycle.Canary;

/// <summary>
/// Who is in a canary's share: by a hash of the version and of an id that Writ minted, so that it is the same on any machine and after any
/// restart, another for every version, and nothing that the agent says matters.
/// </summary>
internal static class CanaryShare
{
    /// <summary>Whether the candidate decides the action.</summary>
    public static bool Contains(BundleCandidate candidate, Facts facts) =>
        candidate.Canary is { } terms && PlaceOf(candidate.Bundle.Digest, terms.Unit, IdOf(terms.Unit, facts)) < terms.Percent;

    /// <summary>The place of an agent or task among a hundred.</summary>
    internal static int PlaceOf(string digest, CanaryUnit unit, Guid id)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes($"writ canary 1\n{digest}\n{unit}\n{id:D}"), hash);
        return (int)(BinaryPrimitives.ReadUInt64BigEndian(hash) % 100);
    }

    private static Guid IdOf(CanaryUnit unit, Facts facts) => unit == CanaryUnit.Agents ? facts.Agent.Id.Value : facts.Task.Root.Value;
}

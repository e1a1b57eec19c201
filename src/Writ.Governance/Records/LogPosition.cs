using Writ.Crypto.Hashing;
using Writ.Governance.Organizations;

namespace Writ.Governance.Records;

/// <summary>Where an organization's log stands.</summary>
/// <param name="Organization">Whose log.</param>
/// <param name="Size">How many records it has.</param>
/// <param name="Root">The root over all of them.</param>
public readonly record struct LogPosition(OrganizationId Organization, ulong Size, Hash256 Root);

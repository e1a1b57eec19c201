using Writ.Governance.Organizations;

namespace Writ.Governance.Retention;

/// <summary>A port: what a record log can do to let go of whole ranges of old records. Thread safe.</summary>
public interface IRecordPruning
{
    /// <summary>The first record of an organization whose bytes are there.</summary>
    ulong FirstRecord(OrganizationId organization);

    /// <summary>Which part of the first segments could go; null where none can. Organizations without a limit keep everything.</summary>
    /// <param name="limits">By organization, the index before which records may go.</param>
    PrunableRecords? Plan(IReadOnlyDictionary<OrganizationId, ulong> limits);

    /// <summary>Removes what <see cref="Plan"/> names, for good. Harmless when done again. Null when it is gone, else why not.</summary>
    /// <param name="limits">By organization, the index before which records may go.</param>
    /// <param name="recorded">The record of each organization that says so.</param>
    string? Prune(IReadOnlyDictionary<OrganizationId, ulong> limits, IReadOnlyDictionary<OrganizationId, Guid> recorded);
}

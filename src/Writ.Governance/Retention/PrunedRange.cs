namespace Writ.Governance.Retention;

/// <summary>The records of a class whose payloads were removed last; all before them were removed earlier.</summary>
/// <param name="From">The first index.</param>
/// <param name="To">The index after the last.</param>
public readonly record struct PrunedRange(ulong From, ulong To);

namespace Writ.Ledger.Recovery;

/// <summary>One located defect.</summary>
/// <param name="Kind">What.</param>
/// <param name="Offset">Where in the segment file, in bytes.</param>
/// <param name="Detail">In words.</param>
internal sealed record Damage(DamageKind Kind, long Offset, string Detail);

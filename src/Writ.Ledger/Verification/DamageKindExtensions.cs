using Writ.Ledger.Recovery;

namespace Writ.Ledger.Verification;

/// <summary>What a defect of a segment's bytes is called in a finding.</summary>
internal static class DamageKindExtensions
{
    public static FindingKind ToFinding(this DamageKind kind) => kind switch
    {
        DamageKind.SegmentHeader => FindingKind.SegmentHeader,
        DamageKind.NewerFormat => FindingKind.NewerFormat,
        DamageKind.BytesAfterEnd => FindingKind.BytesAfterEnd,
        DamageKind.Unreadable => FindingKind.Unreadable,
        _ => FindingKind.BatchDamaged,
    };
}

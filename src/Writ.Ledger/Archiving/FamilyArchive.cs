using Writ.Crypto.Hashing;
using Writ.Ledger.Segments;

namespace Writ.Ledger.Archiving;

/// <summary>How far one family of a ledger is archived.</summary>
internal sealed class FamilyArchive(SegmentKind kind)
{
    public SegmentKind Kind => kind;

    /// <summary>True once the archive was asked what it has.</summary>
    public bool IsKnown { get; set; }

    /// <summary>The last archived segment; 0 when none is.</summary>
    public ulong Last { get; set; }

    /// <summary>The digest of its manifest.</summary>
    public Hash256? LastManifest { get; set; }
}

namespace Writ.Ledger.Segments;

/// <summary>The two file families. They share one framing and never mix: the magic numbers differ.</summary>
internal enum SegmentKind
{
    /// <summary>The log itself: <c>segments/*.seg</c>.</summary>
    Records,

    /// <summary>Encrypted payloads: <c>vault/*.vlt</c>.</summary>
    Vault,
}

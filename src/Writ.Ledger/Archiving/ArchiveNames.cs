using System.Globalization;
using System.Text.RegularExpressions;
using Writ.Crypto.Hashing;
using Writ.Ledger.Segments;

namespace Writ.Ledger.Archiving;

/// <summary>What objects of an archive are called.</summary>
internal static partial class ArchiveNames
{
    private const string ManifestSuffix = ".manifest.json";

    /// <summary>Whether a ledger may have this name.</summary>
    public static bool IsLedgerName(string name) => LedgerName().IsMatch(name);

    /// <summary>What every object of one family begins with.</summary>
    public static string Prefix(string ledger, SegmentKind kind) => $"{ledger}/{(kind == SegmentKind.Records ? "segments" : "vault")}/";

    public static string Manifest(string ledger, SegmentKind kind, ulong segment) =>
        string.Create(CultureInfo.InvariantCulture, $"{Prefix(ledger, kind)}{segment:D10}{ManifestSuffix}");

    /// <summary>Named after its own digest too: what another attempt made otherwise never meets it.</summary>
    public static string Segment(string ledger, SegmentKind kind, ulong segment, in Hash256 stored) =>
        string.Create(CultureInfo.InvariantCulture, $"{Prefix(ledger, kind)}{segment:D10}-{stored.ToHex()}{(kind == SegmentKind.Records ? ".seg" : ".vlt")}.br");

    /// <summary>The segment whose manifest has this name; 0 when it is no such name.</summary>
    public static ulong SegmentOfManifest(string ledger, SegmentKind kind, string name) =>
        name.EndsWith(ManifestSuffix, StringComparison.Ordinal)
        && ulong.TryParse(name.AsSpan(name.LastIndexOf('/') + 1)[..^ManifestSuffix.Length], NumberStyles.None, CultureInfo.InvariantCulture, out var segment)
        && name == Manifest(ledger, kind, segment)
            ? segment
            : 0;

    /// <summary>The ledgers that objects of these names are of.</summary>
    public static IReadOnlyList<string> Ledgers(IEnumerable<string> names) =>
        [.. names.Select(name => name.Split('/')).Where(parts => parts.Length == 3 && IsLedgerName(parts[0])).Select(parts => parts[0]).Distinct().Order(StringComparer.Ordinal)];

    [GeneratedRegex(@"\A[a-z0-9][a-z0-9-]{0,39}\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex LedgerName();
}

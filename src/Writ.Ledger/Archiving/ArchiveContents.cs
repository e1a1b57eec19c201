using Writ.Crypto.Hashing;
using Writ.Ledger.Segments;
using Writ.Ledger.Verification;

namespace Writ.Ledger.Archiving;

/// <summary>What an archive says it has of one ledger: the manifests of both families, in order, and what is wrong with them. Immutable once read.</summary>
internal sealed class ArchiveContents
{
    private readonly Dictionary<(SegmentKind, ulong), ArchiveManifest> _manifests = [];

    private ArchiveContents(string ledger) => Ledger = ledger;

    public string Ledger { get; }

    public List<Finding> Findings { get; } = [];

    /// <summary>The segments of a family, by number.</summary>
    public IReadOnlyList<ArchiveManifest> Of(SegmentKind kind) => [.. _manifests.Values.Where(m => m.Kind == kind).OrderBy(m => m.Segment)];

    public ArchiveManifest? Find(SegmentKind kind, ulong segment) => _manifests.GetValueOrDefault((kind, segment));

    /// <summary>Reads the manifests of a ledger; a fault when the archive cannot be read.</summary>
    public static async Task<(ArchiveContents Contents, LedgerFault? Fault)> ReadAsync(
        IArchiveTarget target, string ledger, IReadOnlyCollection<string> names, string work, CancellationToken cancellation)
    {
        var contents = new ArchiveContents(ledger);
        foreach (var kind in Enum.GetValues<SegmentKind>())
        {
            if (await contents.ReadAsync(target, kind, names, work, cancellation).ConfigureAwait(false) is { } fault)
                return (contents, fault);
        }

        foreach (var other in contents._manifests.Values.Where(m => m.LedgerId != contents._manifests.Values.First().LedgerId))
            contents.Find(other.Name, "it is of another ledger than the first");
        return (contents, null);
    }

    private async Task<LedgerFault?> ReadAsync(IArchiveTarget target, SegmentKind kind, IReadOnlyCollection<string> names, string work, CancellationToken cancellation)
    {
        var (next, previous) = (1UL, (Hash256?)null);
        var numbers = names.Select(name => ArchiveNames.SegmentOfManifest(Ledger, kind, name)).Where(number => number > 0).Order();
        foreach (var number in numbers)
        {
            // One finding for a gap, however long somebody makes it look.
            if (next < number)
                Find(ArchiveNames.Manifest(Ledger, kind, next), next + 1 == number ? "it is missing" : $"it is missing, and all up to segment {number - 1}");
            next = number + 1;
            var name = ArchiveNames.Manifest(Ledger, kind, number);
            var file = Path.Combine(work, Guid.NewGuid().ToString("N"));
            if (await target.FetchAsync(name, file, ArchiveManifest.MostBytes, cancellation).ConfigureAwait(false) is { } fault)
                return fault;
            var bytes = await File.ReadAllBytesAsync(file, cancellation).ConfigureAwait(false);
            File.Delete(file);
            if (ArchiveManifest.Read(bytes) is { } manifest && manifest.Name == name)
            {
                _manifests[(kind, number)] = manifest;
                if (manifest.Previous != previous)
                    Find(name, "it does not name the manifest before it as that is");
            }
            else
            {
                Find(name, "it is no manifest of that segment");
            }

            previous = Hash256.Of(bytes);
        }

        return null;
    }

    private void Find(string name, string what) => Findings.Add(new Finding(FindingKind.ArchiveContradicted, name, -1, what));
}

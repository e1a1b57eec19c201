namespace Writ.Cli.Ledgers;

/// <summary>One ledger on disk: its folder, and where its signed checkpoints are kept, if that is known.</summary>
/// <param name="Name">What it is called: <c>control</c> or <c>decisions</c> in an installation, else the folder's name.</param>
/// <param name="Folder">The folder with the segments.</param>
/// <param name="Checkpoints">The folder with the checkpoints; null when there is none at hand.</param>
internal sealed record LedgerPlace(string Name, string Folder, string? Checkpoints)
{
    /// <summary>
    /// The ledgers of a folder: the folder itself, or, in an installation's data folder, those below it. A ledger that has checkpoints
    /// but no folder any more is one of them: somebody took it away.
    /// </summary>
    public static IReadOnlyList<LedgerPlace> Find(string folder, string? checkpoints)
    {
        if (IsLedger(folder))
        {
            var own = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)));
            return [new LedgerPlace(own, folder, Below(checkpoints, own) ?? checkpoints)];
        }

        var known = Directory.EnumerateDirectories(folder).Where(IsLedger).Select(Path.GetFileName)
            .Concat(checkpoints is null ? [] : Directory.EnumerateDirectories(checkpoints).Select(Path.GetFileName));
        return [.. known.OfType<string>().Distinct().Order(StringComparer.Ordinal).Select(name => new LedgerPlace(name, Path.Combine(folder, name), Below(checkpoints, name)))];
    }

    private static bool IsLedger(string folder) => Directory.Exists(Path.Combine(folder, "segments"));

    private static string? Below(string? checkpoints, string name) =>
        checkpoints is not null && Path.Combine(checkpoints, name) is var below && Directory.Exists(below) ? below : null;
}

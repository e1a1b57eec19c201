using System.CommandLine;
using Writ.Cli.Terminal;

namespace Writ.Cli.Ledgers;

/// <summary>Checks the ledgers of a data folder, as far as keys and kept checkpoints are at hand.</summary>
internal static class FolderVerification
{
    public static async Task<ExitCode> RunAsync(
        Screen screen, string folder, string? checkpoints, bool isPrefix, TrustFlags trust, ParseResult parse, IReadOnlyDictionary<string, string> environment, CancellationToken cancellation)
    {
        if (!Directory.Exists(folder))
            return screen.Fail(new Trouble(ExitCode.BadInput, $"there is no file or folder {folder}"));
        if (checkpoints is not null && !Directory.Exists(checkpoints))
            return screen.Fail(new Trouble(ExitCode.BadInput, $"there is no folder {checkpoints}"));
        var own = TrustFlags.ConfigurationFolder(environment) is { } configuration ? Path.Combine(configuration, "checkpoints") : null;
        var kept = checkpoints ?? (Directory.Exists(own) ? own : null);
        var places = LedgerPlace.Find(folder, kept);
        if (places.Count == 0)
            return screen.Fail(new Trouble(ExitCode.BadInput, $"{folder} holds no ledger") { Advice = "Name the data folder of an installation: the one given to `writ serve --data`." });
        var keys = trust.Keys(parse, environment, out var trouble);
        if (trouble is not null)
            return screen.Fail(trouble);
        if (kept is not null && keys.Count == 0)
            return screen.Fail(new Trouble(ExitCode.BadInput, "there are checkpoints but no key to check them with") { Advice = "Give --key." });

        var report = await InstallationVerification.VerifyAsync(places, keys, cancellation, isPrefix);
        screen.Document(report.ToJson());
        report.Show(screen);
        return report.IsSound ? ExitCode.Done : ExitCode.No;
    }
}

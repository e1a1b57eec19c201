using System.CommandLine;
using System.Text.Json.Nodes;
using Writ.Cli.Ledgers;
using Writ.Cli.Terminal;
using Writ.Ledger.Archiving;

namespace Writ.Cli.Archives;

/// <summary><c>writ ledger archive restore</c>: takes every segment out of an archive.</summary>
internal static class ArchiveRestoreCommand
{
    public static Command Create(Session session)
    {
        var archive = new ArchiveFlags();
        var folder = new Argument<string>("folder") { Description = "A folder that is not there yet." };
        var command = new Verb("restore", "Take every segment out of an archive, each held against its digests, laid out as a data folder. It has no keys and ends with the last archived segment: it is for reading, and for single files in place of damaged ones.",
            "writ ledger archive restore folder:/mnt/archive /tmp/restored");
        archive.AddTo(command);
        command.Add(folder);
        session.Run(command, async (parse, screen, cancellation) =>
        {
            if (archive.Open(parse, session.Time, out var trouble) is not { } target)
                return screen.Fail(trouble!);
            using var connection = target as IDisposable;
            var into = Path.GetFullPath(parse.GetRequiredValue(folder));
            if (Path.Exists(into))
                return screen.Fail(new Trouble(ExitCode.BadInput, $"{into} is there already") { Advice = "Name a folder that is not: nothing is written over." });
            if (await ArchiveVerifier.RestoreAsync(target, into, cancellation) is { } fault)
                return screen.Fail(LedgerTroubles.Of(fault));
            var segments = Directory.Exists(into) ? Directory.GetFiles(into, "*", SearchOption.AllDirectories).Length : 0;
            screen.Document(new JsonObject { ["folder"] = into, ["segments"] = segments });
            screen.Line($"{segments} segments are in {InertText.Of(into)}", Look.Good);
            screen.Note($"Check them with: writ ledger verify {into} --prefix");
            return ExitCode.Done;
        });
        return command;
    }
}

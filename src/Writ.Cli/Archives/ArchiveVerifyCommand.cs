using System.CommandLine;
using Writ.Cli.Ledgers;
using Writ.Cli.Terminal;
using Writ.Ledger.Archiving;

namespace Writ.Cli.Archives;

/// <summary><c>writ ledger archive verify</c>: checks an archive from its first segment to its last.</summary>
internal static class ArchiveVerifyCommand
{
    public static Command Create(Session session)
    {
        var (archive, trust) = (new ArchiveFlags(), new TrustFlags());
        var command = new Verb("verify", "Check that every segment of an archive is there and is what was written, and that its records lie under signed checkpoints. Needs no server and no data folder.",
            "writ ledger archive verify folder:/mnt/archive --key writ.vkey",
            "writ ledger archive verify s3://acme-evidence/writ --s3-region eu-central-1 --key writ.vkey");
        archive.AddTo(command);
        trust.AddTo(command);
        session.Run(command, async (parse, screen, cancellation) =>
        {
            if (trust.HasPolicy(parse))
                return screen.Fail(new Trouble(ExitCode.BadInput, "--policy says nothing about an archive") { Advice = "An archive is checked by --key." });
            var keys = trust.Keys(parse, session.Environment, out var trouble);
            if (trouble is not null || archive.Open(parse, session.Time, out trouble) is not { } target)
                return screen.Fail(trouble!);
            using var connection = target as IDisposable;
            var work = Directory.CreateTempSubdirectory("writ-archive-");
            try
            {
                var (reports, fault) = await ArchiveVerifier.VerifyAsync(target, keys, work.FullName, cancellation);
                return fault is not null
                    ? screen.Fail(LedgerTroubles.Of(fault))
                    : reports.Count == 0 ? screen.Fail(new Trouble(ExitCode.BadInput, $"{target.Address} holds no archive of a ledger"))
                    : ArchiveSheet.Show(screen, target.Address, reports);
            }
            finally
            {
                work.Delete(recursive: true);
            }
        });
        return command;
    }
}

using System.CommandLine;
using System.Text.Json.Nodes;
using Writ.Cli.Ledgers;
using Writ.Cli.Terminal;
using Writ.Crypto.Signing;
using Writ.Server.Backups;

namespace Writ.Cli.Backups;

/// <summary><c>writ backup verify</c>: reads a backup from the first byte to the last.</summary>
internal static class BackupVerifyCommand
{
    public static Command Create(Session session)
    {
        var folder = new Argument<string>("backup") { Description = "The folder of the backup." };
        var key = new Option<string?>("--key") { Description = "The public key of the installation: the key itself, or a file with it. Default: what the backup says, which proves less.", HelpName = "FILE|VKEY" };
        var command = new Verb("verify", "Check that a backup is whole: every file by its digest, every record by the signed checkpoints.",
            "writ backup verify /mnt/backup/2026-11-27 --key writ.vkey") { folder, key };
        session.Run(command, async (parse, screen, cancellation) =>
        {
            var backup = parse.GetRequiredValue(folder);
            if (BackupManifest.Read(backup, out var digest, out var broken) is not { } manifest)
                return screen.Fail(new Trouble(ExitCode.No, broken!.Message) { Code = broken.Code });
            IReadOnlyList<Ed25519PublicKey> keys = [.. manifest.Keys.Select(Parse).OfType<Ed25519PublicKey>()];
            if (parse.GetValue(key) is { } given)
            {
                if (VerifierKeys.Read(given, out var trouble) is not { } pinned)
                    return screen.Fail(trouble!);
                keys = [pinned];
            }

            var report = await InstallationVerification.VerifyAsync(LedgerPlace.Find(backup, Path.Combine(backup, "checkpoints")), keys, cancellation);
            report.Show(screen);
            screen.Document(new JsonObject { ["manifest"] = digest, ["verification"] = report.ToJson() });
            return report.IsSound ? ExitCode.Done : ExitCode.No;
        });
        return command;
    }

    private static Ed25519PublicKey? Parse(string text)
    {
        var bytes = new byte[Ed25519PublicKey.Length];
        return Convert.TryFromBase64String(text, bytes, out var length) && length == bytes.Length && Ed25519PublicKey.TryParse(bytes, out var key) ? key : null;
    }
}

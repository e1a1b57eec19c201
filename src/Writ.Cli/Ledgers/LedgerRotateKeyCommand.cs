using System.CommandLine;
using System.Text.Json.Nodes;
using Writ.Cli.Serving;
using Writ.Cli.Terminal;
using Writ.Server.Installation;

namespace Writ.Cli.Ledgers;

/// <summary><c>writ ledger rotate-key</c>: another key signs checkpoints from here on. Runs where the installation is, while its server does not.</summary>
internal static class LedgerRotateKeyCommand
{
    public static Command Create(Session session)
    {
        var settings = new SettingFlags();
        var command = new Verb("rotate-key", "Give this machine's installation a new key for its checkpoints, while its server is stopped. The change is recorded under the old key, and the old private key is gone.",
            "writ ledger rotate-key",
            "writ ledger rotate-key --data /var/lib/writ --configuration /etc/writ");
        settings.AddTo(command);
        session.Run(command, async (parse, screen, cancellation) =>
        {
            if (settings.Load(parse, session.Environment, out var trouble) is not { } options)
                return screen.Fail(trouble!);
            var (from, to, fault) = await KeyRotation.RotateAsync(options, session.Time, cancellation);
            if (fault is not null)
                return screen.Fail(new Trouble(ExitCode.Failed, fault.Message) { Code = fault.Code });
            var (old, next) = (Convert.ToBase64String(from!.Bytes), Convert.ToBase64String(to!.Bytes));
            screen.Line("The checkpoints have a new key", Look.Good);
            screen.Facts([("before", old), ("now", next)]);
            screen.Note("Tell the new key to whoever verifies, and each log's new verifier key (writ ledger show) to its witnesses before the server starts.");
            screen.Note($"Who knows the old key only can follow it: {Path.Combine(options.ConfigurationFolder, "signing.keys")} is signed by both.");
            screen.Document(new JsonObject { ["from"] = old, ["to"] = next, ["history_file"] = Path.Combine(options.ConfigurationFolder, "signing.keys") });
            return ExitCode.Done;
        });
        return command;
    }
}

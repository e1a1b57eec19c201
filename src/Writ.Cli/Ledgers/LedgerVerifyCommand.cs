using System.CommandLine;
using Writ.Cli.Terminal;
using Writ.Server.Configuration;

namespace Writ.Cli.Ledgers;

/// <summary><c>writ ledger verify</c>: re-reads every byte of a data folder and says what that proves.</summary>
internal static class LedgerVerifyCommand
{
    public static Command Create(Session session)
    {
        var folder = new Argument<string>("folder") { Description = "An installation's data folder, or one ledger in it." };
        var key = new Option<string?>("--key")
        {
            Description = "The public key of the installation: the key itself, or a file with it. Default: signing.key in the configuration folder.", HelpName = "FILE|VKEY",
        };
        var checkpoints = new Option<string?>("--checkpoints")
        {
            Description = "Where the signed checkpoints were kept. Default: checkpoints in the configuration folder.", HelpName = "FOLDER",
        };
        var command = new Verb("verify", "Read a data folder from the first byte to the last: is every record what was written, in its place, and is none missing?",
            "writ ledger verify ~/.local/share/writ",
            "writ ledger verify /mnt/copy/data --checkpoints /mnt/apart/checkpoints --key 'm2Xu…='")
        {
            folder, key, checkpoints,
        };
        session.Run(command, async (parse, screen, cancellation) =>
        {
            var configuration = session.Environment.GetValueOrDefault("WRIT_CONFIGURATION_FOLDER") is { Length: > 0 } configured
                ? configured
                : HomeFolders.Configuration(session.Environment);
            var path = parse.GetRequiredValue(folder);
            if (!Directory.Exists(path))
                return screen.Fail(new Trouble(ExitCode.BadInput, $"there is no folder {path}"));
            if (parse.GetValue(checkpoints) is { } named && !Directory.Exists(named))
                return screen.Fail(new Trouble(ExitCode.BadInput, $"there is no folder {named}"));

            var kept = parse.GetValue(checkpoints) ?? Existing(configuration, "checkpoints");
            var places = LedgerPlace.Find(path, kept);
            if (places.Count == 0)
                return screen.Fail(new Trouble(ExitCode.BadInput, $"{path} holds no ledger") { Advice = "Name the data folder of an installation: the one given to `writ serve --data`." });
            var keyText = parse.GetValue(key) ?? Existing(configuration, "signing.key");
            if (kept is not null && keyText is null)
                return screen.Fail(new Trouble(ExitCode.BadInput, "there are checkpoints but no key to check them with") { Advice = "Give --key." });
            Trouble? trouble = null;
            var publicKey = keyText is null ? null : VerifierKeys.Read(keyText, out trouble);
            if (trouble is not null)
                return screen.Fail(trouble);

            var report = await InstallationVerification.VerifyAsync(places, publicKey, cancellation);
            screen.Document(report.ToJson());
            report.Show(screen);
            return report.IsSound ? ExitCode.Done : ExitCode.No;
        });
        return command;
    }

    private static string? Existing(string? configuration, string name) =>
        configuration is not null && Path.Combine(configuration, name) is var path && Path.Exists(path) ? path : null;
}

using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Writ.Cli.Serving;
using Writ.Cli.Terminal;
using Writ.Server.Backups;

namespace Writ.Cli.Backups;

/// <summary><c>writ backup</c>: copies this machine's installation, also while its server runs.</summary>
internal static class BackupCommand
{
    public static Command Create(Session session)
    {
        var settings = new SettingFlags();
        var target = new Option<string>("--to") { Description = "The folder for the backup: ledger, vault and checkpoints. Nothing may be in it.", HelpName = "FOLDER", Required = true };
        var keys = new Option<string>("--keys") { Description = "The folder for the keys, apart from the backup. Keep it elsewhere, and fewer of them: what is erased lives on in no copy without them.", HelpName = "FOLDER", Required = true };
        var command = new Verb("backup", "Back up this machine's installation, also while its server runs: consistent at signed checkpoints, and verified from the first byte to the last.",
            "writ backup --to /mnt/backup/2026-11-27 --keys /mnt/vault/2026-11-27",
            "writ backup --data /var/lib/writ --configuration /etc/writ --to backup --keys keys")
        {
            target, keys,
        };
        settings.AddTo(command);
        session.Run(command, async (parse, screen, cancellation) =>
        {
            if (settings.Load(parse, session.Environment, out var trouble) is not { } options)
                return screen.Fail(trouble!);
            var (to, apart) = (Path.GetFullPath(parse.GetRequiredValue(target)), Path.GetFullPath(parse.GetRequiredValue(keys)));
            var (manifest, fault) = await InstallationBackup.TakeAsync(options, to, apart, session.Time, cancellation);
            if (manifest is null)
                return screen.Fail(new Trouble(ExitCode.Failed, fault!.Message) { Code = fault.Code });
            screen.Line("The installation is backed up, and the backup was read again from the first byte to the last", Look.Good);
            screen.Table(["LOG", "RECORDS"], manifest.Logs.Select(log => (string[])[InertText.Of(log.Origin), log.Size.ToString("N0", CultureInfo.InvariantCulture)]));
            screen.Facts([("backup", to), ("keys", apart)]);
            screen.Note("Keep the two apart. The configuration file and the witness policy are not in it.");
            screen.Document(new JsonObject
            {
                ["backup"] = to, ["keys"] = apart,
                ["logs"] = new JsonArray([.. manifest.Logs.Select(log => (JsonNode)new JsonObject { ["origin"] = log.Origin, ["size"] = log.Size, ["root"] = log.Root })]),
            });
            return ExitCode.Done;
        });
        command.Add(BackupVerifyCommand.Create(session));
        return command;
    }
}

using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Writ.Cli.Api;
using Writ.Cli.Serving;
using Writ.Cli.Terminal;
using Writ.Server.Backups;

namespace Writ.Cli.Backups;

/// <summary><c>writ restore</c>: makes an installation from a backup, shows what is lost, and takes the confirmation of two people.</summary>
internal static class RestoreCommand
{
    public static Command Create(Session session)
    {
        var command = Run(session);
        command.Add(Show(session));
        command.Add(Confirm(session));
        command.Add(Reconfirm(session));
        return command;
    }

    private static Verb Run(Session session)
    {
        var settings = new SettingFlags();
        var backup = new Option<string>("--from") { Description = "The folder of the backup.", HelpName = "FOLDER", Required = true };
        var keys = new Option<string>("--keys") { Description = "The folder with the keys. Newer ones than the backup's are better: they lack what was erased since.", HelpName = "FOLDER", Required = true };
        var seen = new Option<string[]>("--seen")
        {
            Description = "A checkpoint of an old log that somebody kept, or a folder of them: from a witness, an auditor, or what is left of the old configuration folder. It says what is lost. Repeat for more.", HelpName = "FILE|FOLDER",
        };
        var erasures = new Option<string?>("--erasures") { Description = "The last list of erasures that was kept (GET /v1/erasures, or writ erase --json): they are carried out again.", HelpName = "FILE" };
        var command = new Verb("restore", "Restore a backup into the empty folders of this machine's installation. The logs go on under new names; the old ones are never signed again.",
            "writ restore --from /mnt/backup/2026-11-27 --keys /mnt/vault/2026-11-27 --seen /old/config/checkpoints --seen witness.checkpoint",
            "writ restore --from backup --keys keys --data /var/lib/writ --configuration /etc/writ")
        {
            backup, keys, seen, erasures,
        };
        settings.AddTo(command);
        session.Run(command, async (parse, screen, cancellation) =>
        {
            if (settings.Load(parse, session.Environment, out var trouble) is not { } options)
                return screen.Fail(trouble!);
            var request = new RestoreRequest(parse.GetRequiredValue(backup), parse.GetRequiredValue(keys)) { Seen = parse.GetValue(seen) ?? [], Erasures = parse.GetValue(erasures) };
            var (report, fault) = await InstallationRestore.RunAsync(request, options, session.Time, cancellation);
            if (report is null)
                return screen.Fail(new Trouble(ExitCode.Failed, fault!.Message) { Code = fault.Code });
            screen.Line("The installation is restored", Look.Good);
            screen.Table(["OLD LOG", "RESTORED", "LOST"], report.Logs.Select(log => Row(log.Origin, log.Size, log.LastSize, log.Cosigned)));
            screen.Facts([("new names", $"{report.Domain}/…"), ("erased again", report.Erased.ToString(CultureInfo.InvariantCulture)), .. report.VerifierKeys.Select(key => ("for witnesses", key))]);
            screen.Note("Start the server. It refuses every decision until two people said `writ restore confirm`, and every agent's key until somebody said `writ restore reconfirm KEY`.");
            screen.Document(new JsonObject
            {
                ["domain"] = report.Domain, ["erased"] = report.Erased,
                ["verifier_keys"] = new JsonArray([.. report.VerifierKeys.Select(key => (JsonNode)key)]),
                ["logs"] = new JsonArray([.. report.Logs.Select(log => (JsonNode)new JsonObject { ["origin"] = log.Origin, ["size"] = log.Size, ["last_size"] = log.LastSize, ["cosigned"] = log.Cosigned })]),
            });
            return ExitCode.Done;
        });
        return command;
    }

    private static Verb Show(Session session)
    {
        var command = new Verb("show", "Show the last restore: what is lost, who confirmed, which keys are suspended.", "writ restore show");
        session.RunAgainstServer(command, async (call, cancellation) =>
            call.Show(await call.Api.GetAsync("/v1/restoration", ApiJson.Default.RestorationView, cancellation), view => Show(call.Screen, view)));
        return command;
    }

    private static Verb Confirm(Session session)
    {
        var domain = new Argument<string>("domain") { Description = "Which restore: the new first part of the logs' names, as `writ restore show` shows it." };
        var command = new Verb("confirm", "Say that the installation goes on as it was restored. Decisions are made once two people said so.",
            "writ restore confirm restored-20261127t101500z.writ.local") { domain };
        session.RunAgainstServer(command, async (call, cancellation) => call.Show(
            await call.Api.PostAsync("/v1/restoration/confirm", new JsonObject { ["domain"] = call.Parse.GetRequiredValue(domain) }, ApiJson.Default.RestorationView, cancellation),
            view => Show(call.Screen, view)));
        return command;
    }

    private static Verb Reconfirm(Session session)
    {
        var key = new Argument<string>("key") { Description = "The key's id, as `writ restore show` lists it." };
        var command = new Verb("reconfirm", "Let an agent's key work again, because it was not revoked after the backup. In doubt, revoke it and issue another.",
            "writ restore reconfirm 5kq3…") { key };
        session.RunAgainstServer(command, async (call, cancellation) => call.Show(
            await call.Api.PostAsync($"/v1/restoration/keys/{Uri.EscapeDataString(call.Parse.GetRequiredValue(key))}", null, ApiJson.Default.RestorationView, cancellation),
            view => Show(call.Screen, view)));
        return command;
    }

    private static void Show(Screen screen, RestorationView view)
    {
        screen.Line(
            view.Confirmed ? $"{InertText.Of(view.Domain)} is confirmed: decisions are made"
            : view.ConfirmedBy.Count > 0 ? $"{InertText.Of(view.Domain)} is confirmed by one person: another one has to, until then nothing is decided"
            : $"{InertText.Of(view.Domain)} waits for two people: until then nothing is decided",
            view.Confirmed ? Look.Good : Look.Bad);
        screen.Table(["OLD LOG", "RESTORED", "LOST"], view.Logs.Select(log => Row(log.Origin, log.Size, log.LastSize, log.Cosigned)));
        screen.Facts([("confirmed by", InertText.Of(view.ConfirmedBy.Count == 0 ? "nobody" : string.Join(", ", view.ConfirmedBy))), ("erased again", view.Erased.ToString(CultureInfo.InvariantCulture))]);
        if (view.Solo)
            screen.Note("one person stood for two: there was nobody else");
        if (view.SuspendedKeys.Count > 0)
            screen.Table(["SUSPENDED KEY", "AGENT", "EXPIRES"], view.SuspendedKeys.Select(key => (string[])[InertText.Of(key.KeyId), InertText.Of(key.Name), Instant.Of(key.ExpiresAt)]));
    }

    private static string[] Row(string origin, long size, long? last, bool cosigned) =>
    [
        InertText.Of(origin), Number(size),
        last is not { } lost ? "unknown: nobody showed a later checkpoint" : lost == size ? "nothing that was signed for" : $"{Number(size)} to {Number(lost - 1)}{(cosigned ? ", as others cosigned" : "")}",
    ];

    private static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);
}

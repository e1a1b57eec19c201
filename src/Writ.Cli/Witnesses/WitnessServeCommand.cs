using System.CommandLine;
using System.Net;
using System.Text.Json.Nodes;
using Writ.Cli.Terminal;
using Writ.Ledger.Notes;
using Writ.Server.Witnessing;

namespace Writ.Cli.Witnesses;

/// <summary><c>writ witness serve</c>: runs a witness, with a key and a folder of its own, until it is asked to end.</summary>
internal static class WitnessServeCommand
{
    public static Command Create(Session session)
    {
        var folder = new Option<string>("--folder") { Description = "The witness's own folder: its key, and what it cosigned. Never an installation's.", HelpName = "FOLDER", Required = true };
        var name = new Option<string>("--name") { Description = "The witness's name, in its signatures for ever; like a URL without the scheme.", HelpName = "NAME", Required = true };
        var logs = new Option<string[]>("--log") { Description = "A log that it serves: the log's verifier key, or a file with one a line. Repeat for more.", HelpName = "VKEY|FILE", Required = true };
        var listen = new Option<string>("--listen") { Description = "Where to listen; port 0 takes a free one.", HelpName = "ADDRESS:PORT", DefaultValueFactory = _ => "127.0.0.1:7080" };
        var command = new Verb("serve", "Run a witness (C2SP tlog-witness): it cosigns a log's checkpoint only when that continues the last one it cosigned. Run it elsewhere than the log, by other people.",
            "writ witness serve --folder /var/lib/writ-witness --name witness.example/w1 --log logs.vkeys --listen 0.0.0.0:7080")
        {
            folder, name, logs, listen,
        };
        session.Run(command, async (parse, screen, cancellation) =>
        {
            if (!IPEndPoint.TryParse(parse.GetRequiredValue(listen), out var address))
                return screen.Fail(new Trouble(ExitCode.BadInput, $"--listen: '{parse.GetValue(listen)}' is not ADDRESS:PORT"));
            if (LogKeys.Read(parse.GetRequiredValue(logs), out var trouble) is not { } keys)
                return screen.Fail(trouble!);
            if (!NoteVerifierKey.IsName(parse.GetRequiredValue(name)))
                return screen.Fail(new Trouble(ExitCode.BadInput, "--name: a name has 1 to 255 bytes without spaces, '+' and control characters"));
            var options = new WitnessOptions { Folder = Path.GetFullPath(parse.GetRequiredValue(folder)), Name = parse.GetRequiredValue(name), Logs = keys, Listen = address };
            var (server, fault) = await WitnessServer.StartAsync(options, session.Time, cancellation);
            if (server is null)
                return screen.Fail(new Trouble(ExitCode.Failed, fault!.Message) { Code = fault.Code });
            await using (server)
            {
                screen.Document(new JsonObject { ["address"] = server.Address.ToString(), ["verifier_key"] = server.VerifierKey, ["folder"] = options.Folder });
                screen.Line($"The witness {InertText.Of(options.Name)} serves {keys.Count} {(keys.Count == 1 ? "log" : "logs")} at {server.Address}", Look.Strong);
                screen.Facts([("verifier key", server.VerifierKey), ("policy line", $"witness NAME {server.VerifierKey} {server.Address}")]);
                screen.Note("Ctrl-C ends it.");
                await server.WaitForShutdownAsync(cancellation);
            }

            return ExitCode.Done;
        });
        return command;
    }
}

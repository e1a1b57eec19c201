using System.CommandLine;
using System.Globalization;
using System.Net;
using System.Text;
using Microsoft.Extensions.Logging;
using Writ.Cli.Api;
using Writ.Cli.Ledgers;
using Writ.Cli.Terminal;
using Writ.Server;
using Writ.Server.Configuration;

namespace Writ.Cli.Demo;

/// <summary><c>writ demo</c>: a throw-away installation, a support desk behind it, and an agent that believes every mail.</summary>
internal static class DemoCommand
{
    private const int UsualPort = 7070;
    private const string CannotListen = "WRIT9206";

    public static Command Create(Session session)
    {
        var once = new Option<bool>("--once") { Description = "End after the demo instead of serving until Ctrl-C." };
        var port = new Option<int?>("--port") { Description = $"The port on 127.0.0.1. Default: {UsualPort}, or a free one if that is taken.", HelpName = "PORT" };
        var folder = new Option<string?>("--folder") { Description = "An empty folder for the installation; it is kept. Default: a temporary one that goes with the demo.", HelpName = "FOLDER" };
        var command = new Verb("demo", "See it work: a support desk as an MCP server, a gullible agent, and Writ between them. Meets all five outcomes and verifies the ledger.",
            "writ demo --once", "writ demo --folder /tmp/writ-demo --port 7071") { once, port, folder };
        command.Validators.Add(result =>
        {
            if (result.GetValue(port) is < 0 or > IPEndPoint.MaxPort)
                result.AddError($"--port is 0 to {IPEndPoint.MaxPort}");
        });
        session.Run(command, async (parse, screen, cancellation) =>
        {
            if (DemoParts.Find(out var trouble) is not { } parts)
                return screen.Fail(trouble!);
            var place = parse.GetValue(folder) is { } named ? DemoFolder.At(named) : DemoFolder.Temporary();
            if (place is null)
                return screen.Fail(new Trouble(ExitCode.BadInput, $"{parse.GetValue(folder)} is not empty") { Advice = "Name a new folder." });
            using (place)
            {
                var (server, refused) = await StartAsync(place, parse.GetValue(port), session.Time, screen, cancellation);
                if (server is null)
                    return screen.Fail(refused!);
                await using (server)
                    return await PlayAsync(session, screen, server, parts, place, parse.GetValue(once), cancellation);
            }
        });
        return command;
    }

    private static async Task<(WritServer?, Trouble?)> StartAsync(DemoFolder folder, int? port, TimeProvider time, Screen screen, CancellationToken cancellation)
    {
        var options = ServerOptions.In(folder.Data, folder.Configuration) with
        {
            Listen = new IPEndPoint(IPAddress.Loopback, port ?? UsualPort),
            LogLevel = LogLevel.Error,
            Ledger = new LedgerSettings { SegmentBytes = 32 << 20 },
        };
        var start = await WritServer.StartAsync(options, time, cancellation);
        if (port is null && start is ServerStart.Refused { Code: CannotListen })
        {
            screen.Note($"port {UsualPort} is taken; the demo takes a free one");
            start = await WritServer.StartAsync(options with { Listen = new IPEndPoint(IPAddress.Loopback, 0) }, time, cancellation);
        }

        return start switch
        {
            ServerStart.Started started => (started.Server, null),
            ServerStart.Refused refused => (null, new Trouble(ExitCode.Failed, refused.Message) { Code = refused.Code }),
            _ => throw new InvalidOperationException(),
        };
    }

    private static async Task<ExitCode> PlayAsync(
        Session session, Screen screen, WritServer server, DemoParts parts, DemoFolder folder, bool once, CancellationToken cancellation)
    {
        var token = (await File.ReadAllTextAsync(folder.TokenFile, Encoding.ASCII, cancellation)).Trim();
        using var api = new ApiClient(server.Address, new ApiToken(token, folder.TokenFile));
        var (cast, unregistered) = await new DemoRegistration(api, parts, folder).RegisterAsync(cancellation);
        if (cast is null)
            return screen.Fail(unregistered!);
        Introduce(screen, server.Address, cast, folder);

        var play = new DemoPlay(api, folder, new DemoTimeline(screen), session.Time);
        IReadOnlyList<DemoStep> steps;
        using (var agent = new AgentProcess(parts, new Uri(server.Address, $"mcp/{DemoRegistration.Server}"), cast.AgentKey))
        {
            (steps, var trouble) = await play.RunAsync(agent, cancellation);
            if (trouble is not null)
                return screen.Fail(trouble);
        }

        var heads = await api.PostAsync("/v1/ledger/checkpoint", null, ApiJson.Default.LedgerHeads, cancellation);
        if (heads is not ApiResult<LedgerHeads>.Ok { Value.VerifierKey: var keyText })
            return screen.Fail(((ApiResult<LedgerHeads>.Failed)heads).Trouble);
        if (VerifierKeys.Read(keyText, out var noKey) is not { } key)
            return screen.Fail(noKey!);
        steps = await play.RefreshAsync(steps, cancellation);
        var places = LedgerPlace.Find(folder.Data, Path.Combine(folder.Configuration, "checkpoints"));
        var ledger = await InstallationVerification.VerifyAsync(places, [key], cancellation);
        var report = new DemoReport(server.Address, folder, steps, DemoChecks.Of(steps, DeskCall.ReadAll(folder.DeskLog), ledger), ledger);
        screen.Document(report.ToJson());
        report.Show(screen);
        if (!once && !cancellation.IsCancellationRequested)
        {
            Invite(screen, server.Address, folder);
            await server.WaitForShutdownAsync(cancellation);
        }

        return report.Holds ? ExitCode.Done : ExitCode.No;
    }

    private static void Introduce(Screen screen, Uri address, DemoCast cast, DemoFolder folder)
    {
        var admitted = cast.Desk.Tools.Count(t => t.Standing == "admitted");
        screen.Line($"Writ serves at {address}", Look.Strong);
        screen.Facts(
        [
            (DemoRegistration.Server, string.Create(CultureInfo.InvariantCulture, $"an MCP server with {admitted} tools, started by Writ inside bubblewrap")),
            (DemoRegistration.Agent, "a process of its own that believes every mail it reads"),
            ("policy", $"{InertText.Of(cast.Bundle.Name)} {InertText.Of(cast.Bundle.Version)}, snapshot {InertText.Of(cast.Bundle.Snapshot[..Math.Min(12, cast.Bundle.Snapshot.Length)])}"),
            ("folder", folder.IsTemporary ? $"{folder.Path} (temporary)" : folder.Path),
        ]);
        screen.Line();
    }

    private static void Invite(Screen screen, Uri address, DemoFolder folder)
    {
        screen.Line($"Writ goes on serving at {address}. From another terminal:", Look.Strong);
        if (Environment.ProcessPath is { } own)
            screen.Line($"  alias writ={own}");
        screen.Line($"  export WRIT_URL={address.ToString().TrimEnd('/')} WRIT_CONFIGURATION_FOLDER={folder.Configuration}");
        screen.Line($"  writ policy explain {DemoRegistration.Agent} {DemoRegistration.Server}/refund_order --arguments '{{\"order_id\":\"NW-1011\",\"amount\":2000.00,\"reason\":\"x\"}}'");
        screen.Line($"  writ agent suspend {DemoRegistration.Agent} --reason 'believes every mail'");
        screen.Line($"  writ ledger verify {folder.Data}");
        screen.Note(folder.IsTemporary ? "Ctrl-C ends it and removes the folder." : "Ctrl-C ends it.");
    }
}

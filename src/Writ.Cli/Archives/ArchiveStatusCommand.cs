using System.CommandLine;
using System.Text.Json.Nodes;
using Writ.Cli.Api;
using Writ.Cli.Terminal;

namespace Writ.Cli.Archives;

/// <summary><c>writ ledger archive status</c>: how far a running server's ledgers are archived. Ends with 1 while it does not go well.</summary>
internal static class ArchiveStatusCommand
{
    public static Command Create(Session session)
    {
        var command = new Verb("status", "Say how far a running server's ledgers are archived. Ends with 1 while it does not go well.", "writ ledger archive status");
        session.RunAgainstServer(command, async (call, cancellation) =>
        {
            switch (await call.Api.GetAsync("/v1/ledger", ApiJson.Default.LedgerHeads, cancellation))
            {
                case ApiResult<LedgerHeads>.Failed failed:
                    return call.Screen.Fail(failed.Trouble);
                case ApiResult<LedgerHeads>.Ok ok:
                    return Show(call.Screen, ok.Value.Archive ?? [], ok.Document["archive"], session.Time.GetUtcNow());
                default:
                    throw new InvalidOperationException();
            }
        });
        return command;
    }

    private static ExitCode Show(Screen screen, IReadOnlyList<ArchiveView> ledgers, JsonNode? document, DateTimeOffset now)
    {
        screen.Document(new JsonObject { ["archive"] = document?.DeepClone() });
        if (ledgers.Count == 0)
            screen.Line("nothing is archived: archive.target is not set");
        foreach (var ledger in ledgers)
            screen.Line(Words(ledger, now), ledger.Fault is null ? Look.Plain : Look.Bad);
        return ledgers.Any(l => l.Fault is not null) ? ExitCode.No : ExitCode.Done;
    }

    /// <summary>One ledger on one line.</summary>
    public static string Words(ArchiveView ledger, DateTimeOffset now)
    {
        var last = ledger.LastAt is { } at ? $", the last {Instant.Relative(at, now)}" : "";
        var fault = ledger.Fault is { } why ? $"; failing since {Instant.Relative(ledger.FailingSince ?? now, now)}: {ledger.Code} {InertText.Of(why)}" : "";
        return $"{InertText.Of(ledger.Ledger)}: {ledger.SealedSegments - ledger.WaitingSegments} of {ledger.SealedSegments} full segments are in {InertText.Of(ledger.Target)}{last}{fault}";
    }
}

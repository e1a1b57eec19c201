using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Writ.Cli.Api;
using Writ.Cli.Terminal;

namespace Writ.Cli.Ledgers;

/// <summary><c>writ ledger tail</c>: shows records as they become durable, until it is interrupted.</summary>
internal static class LedgerTailCommand
{
    /// <summary>How long to wait before the server is asked again, and how often in a row.</summary>
    private static readonly TimeSpan Wait = TimeSpan.FromSeconds(2);

    private const int MostTries = 150;

    public static Command Create(Session session)
    {
        var where = new Option<string>("--where") { Description = "Which records, as in a query; 'has kind' for all of them. Default: decisions.", HelpName = "FILTER", DefaultValueFactory = _ => "" };
        var after = new Option<ulong?>("--after") { Description = "Begin behind the record with this index, instead of now.", HelpName = "INDEX" };
        var count = new Option<long?>("--count") { Description = "End after so many records.", HelpName = "N" };
        var command = new Verb("tail", "Show records as they are recorded, until you interrupt it. With --json each is one line.",
            "writ ledger tail",
            "writ ledger tail --where 'outcome = DENY and agent = support-helper'",
            "writ ledger tail --where 'has kind' --after 0 --json")
        {
            where, after, count,
        };
        session.RunAgainstServer(command, async (call, cancellation) =>
        {
            var agents = new Dictionary<string, string>(StringComparer.Ordinal);
            if (!call.Screen.Json && await call.Api.GetAsync("/v1/agents", ApiJson.Default.AgentList, cancellation) is ApiResult<AgentList>.Ok known)
                agents = known.Value.Agents.ToDictionary(a => a.Id, a => a.Name, StringComparer.Ordinal);
            var (last, left) = (call.Parse.GetValue(after)?.ToString(CultureInfo.InvariantCulture), call.Parse.GetValue(count) ?? long.MaxValue);
            var (begun, tries) = (false, 0);
            while (left > 0 && !cancellation.IsCancellationRequested)
            {
                Trouble? trouble = null;
                await foreach (var (came, failed) in call.Api.TailAsync($"/v1/records/tail?q={Uri.EscapeDataString(call.Parse.GetValue(where)!)}", last, id => last = id, cancellation))
                {
                    trouble = failed;
                    if (came is null)
                        break;
                    Show(session, call.Screen, came, agents);
                    (begun, tries) = (true, 0);
                    if (--left <= 0)
                        return ExitCode.Done;
                }

                // What is wrong from the beginning stays wrong; a server that was there comes back.
                if (trouble is not null && !cancellation.IsCancellationRequested && (!begun || trouble.Exit != ExitCode.Failed || ++tries > MostTries))
                    return call.Screen.Fail(trouble);
                begun = true;
                await Task.Delay(Wait, session.Time, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }

            return ExitCode.Done;
        });
        return command;
    }

    private static void Show(Session session, Screen screen, TailEvent came, Dictionary<string, string> agents)
    {
        if (screen.Json)
        {
            var line = new JsonObject { ["index"] = JsonValue.Create(ulong.Parse(came.Index, CultureInfo.InvariantCulture)), ["record"] = came.Record };
            session.Output.Write(JsonSerializer.Serialize(line, ApiJson.Default.JsonNode) + "\n");
            session.Output.Flush();
            return;
        }

        screen.Pieces(TailLine.Of(came.Record, agents));
    }
}

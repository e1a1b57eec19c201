using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Writ.Cli.Api;

namespace Writ.Cli.Agents;

/// <summary>How people say what one task may use: calls, and US dollars that become integer nano-dollars.</summary>
internal static class CeilingFlags
{
    private const decimal NanoPerUsd = 1_000_000_000m;

    public static Option<long?> Calls() => new("--task-calls") { Description = "The most permitted calls of one task.", HelpName = "N" };

    public static Option<decimal?> Usd() => new("--task-usd") { Description = "The most US dollars that the calls of one task cost, by the confirmed prices of its tools.", HelpName = "AMOUNT" };

    /// <summary>The ceiling as the API takes it; null where neither flag is there.</summary>
    public static JsonObject? Read(ParseResult parse, Option<long?> calls, Option<decimal?> usd)
    {
        var ceiling = new JsonObject();
        if (parse.GetValue(calls) is { } many)
            ceiling["calls"] = many;
        // Beyond any ceiling the server says so: nothing overflows here.
        if (parse.GetValue(usd) is { } dollars)
            ceiling["nano_usd"] = (long)decimal.Clamp(decimal.Floor(dollars * (Math.Abs(dollars) > 1_000_000_000m ? 1m : NanoPerUsd)), long.MinValue, long.MaxValue);
        return ceiling.Count == 0 ? null : ceiling;
    }

    public static string Words(CeilingView? ceiling) => ceiling switch
    {
        { Calls: { } calls, NanoUsd: { } money } => $"{calls} calls and {Dollars(money)} USD",
        { Calls: { } calls } => $"{calls} calls",
        { NanoUsd: { } money } => $"{Dollars(money)} USD",
        _ => "whatever policies let it",
    };

    private static string Dollars(long nano) => (nano / NanoPerUsd).ToString("0.00#######", CultureInfo.InvariantCulture);
}

using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Writ.Cli.Api;
using Writ.Cli.Policies;
using Writ.Cli.Terminal;

namespace Writ.Cli.Demo;

/// <summary>Shows the steps as they happen: what the agent wanted, what was decided and by which rules, what the desk executed.</summary>
internal sealed class DemoTimeline(Screen screen)
{
    private const int MostText = 44;

    public void Show(DemoStep step)
    {
        var time = step.Decision is { } decided ? DateTimeOffset.UnixEpoch.AddMicroseconds(decided.At).ToString("HH:mm:ss.fff", CultureInfo.InvariantCulture) : "            ";
        screen.Pieces(
            ($"{step.Number,2}  ", Look.Quiet),
            ($"{time}  ", Look.Quiet),
            ($"{step.Outcome,-22}  ", Outcomes.Look(step.Outcome)),
            ($"{InertText.Of(step.Wanted.Tool)}  ", Look.Strong),
            (Say(step.Wanted.Arguments), Look.Plain));
        screen.Pieces(("    agent   ", Look.Quiet), (InertText.Of(step.Wanted.Why), Look.Plain));
        if (step.Decision is { } decision)
            screen.Pieces(("    policy  ", Look.Quiet), (Because(decision), Look.Plain));
        screen.Pieces(("    desk    ", Look.Quiet), (DeskSays(step), Look.Plain));
        screen.Line();
    }

    public void ShowApproval(ApprovalView approval)
    {
        screen.Pieces(
            ("    the administrator approves exactly this call, once: ", Look.Good), (string.Join("; ", approval.Asks.Select(a => InertText.Of(a.Reason ?? Bare(a.Policy)))), Look.Plain));
        screen.Line($"    (as `writ approve {InertText.Of(approval.Id)}` does; the agent asks again with the same words)", Look.Quiet);
        screen.Line();
    }

    private static string Because(DecisionView decision)
    {
        var rules = InertText.Of(string.Join(", ", (decision.Rules ?? []).Select(Bare)));
        var code = decision.Code is { } stated ? $" ({InertText.Of(stated)})" : "";
        var detail = decision.Detail is { } said ? $": {InertText.Of(said)}" : "";
        return rules + Limits(decision) + code + detail;
    }

    /// <summary>The policy's own name, without the bundle's.</summary>
    private static string Bare(string rule) => rule[(rule.LastIndexOf('/') + 1)..];

    private static string Limits(DecisionView decision) =>
        decision.Constraints is { Count: > 0 } limits
            ? $", with {string.Join(", ", limits.Select(limit => InertText.Of(limit.ValueKind == JsonValueKind.String ? limit.GetString()! : limit.GetRawText())))}"
            : "";

    private static string DeskSays(DemoStep step) => step.Executed switch
    {
        null => "nothing reached it",
        { } call when call.Is(step.Wanted) => "executed it as asked",
        { } call => $"executed {InertText.Of(call.Tool)}  {Say(call.Arguments)}",
    };

    private static string Say(JsonObject arguments) => string.Join("  ", arguments.Select(a => $"{InertText.Of(a.Key)}={Short(a.Value)}"));

    private static string Short(JsonNode? value)
    {
        var text = value is JsonValue plain && plain.TryGetValue<string>(out var word) ? word : value?.ToJsonString() ?? "null";
        return InertText.Of(text.Length <= MostText ? text : text[..(MostText - 1)] + "…");
    }
}

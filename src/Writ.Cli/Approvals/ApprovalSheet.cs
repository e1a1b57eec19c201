using System.Text.Json;
using Writ.Cli.Api;
using Writ.Cli.Terminal;

namespace Writ.Cli.Approvals;

/// <summary>
/// What a person sees before they answer: first what Writ knows, then, apart and labelled, what the agent wrote. Nothing in it can
/// move, colour, hide or reorder anything on the screen; each of its lines keeps the margin, however long it is made; and a word that mixes alphabets is shown a second time in ASCII.
/// </summary>
internal static class ApprovalSheet
{
    private const int MostArguments = 40;
    private const string Margin = "  | ";

    public static void Show(Screen screen, ApprovalView approval, DateTimeOffset now)
    {
        screen.Line($"Approval {InertText.Of(approval.Id)}", Look.Strong);
        screen.Facts(Facts(approval, now));
        screen.Line();
        screen.Line("Written by the agent, checked by nobody", Look.Held);
        if (approval.Arguments is { } arguments)
            ShowArguments(screen, arguments);
        else
            screen.Line($"{Margin}the arguments cannot be shown; think twice");
        screen.Line();
    }

    private static IEnumerable<(string, string)> Facts(ApprovalView approval, DateTimeOffset now)
    {
        yield return ("state", InertText.Of(approval.State));
        yield return ("agent", $"{InertText.Of(approval.Agent.Name)} ({InertText.Of(approval.Agent.Id)}){(approval.Agent.Owner is { } owner ? $", owner {InertText.Of(owner)}" : "")}");
        yield return ("action", InertText.Of(approval.Action));
        if (approval.Effect is { } effect)
            yield return ("effect", InertText.Of(effect) + (approval.Reversible switch { true => ", can be undone", false => ", cannot be undone", _ => "" }));
        if (approval.Task is { } task)
            yield return ("task", InertText.Of(task));
        foreach (var ask in approval.Asks)
        {
            yield return ("asked by", InertText.Of(ask.Policy) + (ask.Reason is { } reason ? $": {InertText.Of(reason)}" : ""));
            yield return ("approvers", $"{InertText.Of(string.Join(", ", ask.Approvers))}{(ask.Quorum > 1 ? $", {ask.Quorum} of them" : "")}");
            if (ask.EvidenceRequired)
                yield return ("evidence", "an approval counts only with evidence: --evidence FILE");
        }

        yield return ("asked at", $"{Instant.Of(approval.RequestedAt)}, {Instant.Relative(approval.RequestedAt, now)}");
        yield return ("expires", $"{Instant.Of(approval.ExpiresAt)}, {Instant.Relative(approval.ExpiresAt, now)}");
        if (approval.OnNoAnswer is { } silence)
            yield return ("no answer", InertText.Of(silence));
        if (approval.Solo)
            yield return ("solo", "you are the only person here: nobody else confirms this");
        yield return ("decision", InertText.Of(approval.Decision));
    }

    private static void ShowArguments(Screen screen, JsonElement arguments)
    {
        if (arguments.ValueKind != JsonValueKind.Object)
        {
            ShowValue(screen, "", arguments, 0);
            return;
        }

        var members = arguments.EnumerateObject().ToArray();
        var width = Math.Min(24, members.Select(m => InertText.Of(m.Name, 60).Length).DefaultIfEmpty(0).Max());
        foreach (var member in members.Take(MostArguments))
            ShowValue(screen, InertText.Of(member.Name, 60), member.Value, width);
        if (members.Length > MostArguments)
            screen.Line($"{Margin}… and {members.Length - MostArguments} more arguments that are not shown here; see --json", Look.Held);
        if (members.Length == 0)
            screen.Line($"{Margin}no arguments");
    }

    private static void ShowValue(Screen screen, string name, JsonElement value, int width)
    {
        var text = value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();
        var shown = value.ValueKind == JsonValueKind.String ? $"\"{InertText.Of(text)}\"" : InertText.Of(text);
        screen.Wrapped($"{Margin}{name.PadRight(width)}  ", $"{Margin}{new string(' ', width)}  ", shown);
        if (MixedScripts.FirstIn(text) is { } word)
            screen.Wrapped($"{Margin}{new string(' ', width)}  look-alike letters: ", $"{Margin}{new string(' ', width)}  ", InertText.Ascii(word.Length <= 60 ? word : word[..60]));
    }
}

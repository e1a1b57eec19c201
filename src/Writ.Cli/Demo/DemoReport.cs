using System.Text.Json.Nodes;
using Writ.Cli.Ledgers;
using Writ.Cli.Terminal;

namespace Writ.Cli.Demo;

/// <summary>The end of the demo: which outcomes there were, and whether the claims hold.</summary>
internal sealed record DemoReport(Uri Address, DemoFolder Folder, IReadOnlyList<DemoStep> Steps, IReadOnlyList<DemoCheck> Checks, InstallationVerification Ledger)
{
    public bool Holds => Checks.All(c => c.Holds);

    public void Show(Screen screen)
    {
        screen.Line($"Checked against the desk's own log, {Folder.DeskLog}", Look.Strong);
        foreach (var check in Checks)
        {
            screen.Pieces(
                (check.Holds ? "  holds  " : "  FAILS  ", check.Holds ? Look.Good : Look.Bad), (check.Claim, Look.Plain),
                (check.Detail.Length > 0 ? $": {InertText.Of(check.Detail)}" : "", Look.Quiet));
        }

        screen.Line();
        screen.Line("The ledger", Look.Strong);
        Ledger.Show(screen);
        screen.Line();
    }

    public JsonObject ToJson() => new()
    {
        ["address"] = Address.ToString(),
        ["folder"] = Folder.IsTemporary ? null : Folder.Path,
        ["holds"] = Holds,
        ["steps"] = new JsonArray([.. Steps.Select(Json)]),
        ["checks"] = new JsonArray([.. Checks.Select(c => (JsonNode)new JsonObject { ["claim"] = c.Claim, ["holds"] = c.Holds, ["detail"] = c.Detail })]),
        ["ledger"] = Ledger.ToJson(),
    };

    private static JsonNode Json(DemoStep step) => new JsonObject
    {
        ["step"] = step.Number,
        ["why"] = step.Wanted.Why,
        ["tool"] = step.Wanted.Tool,
        ["arguments"] = step.Wanted.Arguments.DeepClone(),
        ["outcome"] = step.Outcome,
        ["decision"] = step.Decision?.Id,
        ["rules"] = new JsonArray([.. (step.Decision?.Rules ?? []).Select(rule => (JsonNode)rule)]),
        ["executed"] = step.Executed is { } call ? new JsonObject { ["tool"] = call.Tool, ["arguments"] = call.Arguments.DeepClone() } : null,
        ["effect"] = step.Decision?.EffectRecord?.Status,
    };
}

using System.CommandLine;
using System.Text.Json.Nodes;
using Writ.Cli.Api;
using Writ.Cli.Terminal;

namespace Writ.Cli.Law;

/// <summary><c>writ retention</c>: how long what agents and servers wrote is kept.</summary>
internal static class RetentionCommand
{
    public static Command Create(Session session)
    {
        var decisions = new Option<int?>("--decisions") { Description = "Days for decisions, effects and tasks.", HelpName = "DAYS" };
        var financial = new Option<int?>("--financial") { Description = "Days for what moved money.", HelpName = "DAYS" };
        var traces = new Option<int?>("--traces") { Description = "Days for what agents report of themselves; as now without.", HelpName = "DAYS" };
        var command = new Verb("retention", "Show or change how long payloads and records are kept. Hashes and proofs are kept for good. Shorter takes two people.",
            "writ retention",
            "writ retention --decisions 365 --financial 2557") { decisions, financial, traces };
        command.Validators.Add(result =>
        {
            if (result.GetValue(decisions) is null != result.GetValue(financial) is null)
                result.AddError("give both --decisions and --financial, or neither");
            else if (result.GetValue(traces) is not null && result.GetValue(decisions) is null)
                result.AddError("give --decisions and --financial with --traces");
        });
        session.RunAgainstServer(command, async (call, cancellation) => call.Show(
            call.Parse.GetValue(decisions) is { } days
                ? await call.Api.PutAsync("/v1/retention", new JsonObject { ["decision_days"] = days, ["financial_days"] = call.Parse.GetValue(financial), ["trace_days"] = call.Parse.GetValue(traces) }, ApiJson.Default.RetentionView, cancellation)
                : await call.Api.GetAsync("/v1/retention", ApiJson.Default.RetentionView, cancellation),
            view =>
            {
                call.Screen.Facts([("decisions", $"{view.DecisionDays} days"), ("financial", $"{view.FinancialDays} days"), ("traces", $"{view.TraceDays} days")]);
                if (view.Proposed is { } waits)
                    call.Screen.Line($"{InertText.Of(view.ProposedBy ?? "somebody")} wants {waits.DecisionDays}, {waits.FinancialDays} and {waits.TraceDays} days: another person says the same with `writ retention --decisions {waits.DecisionDays} --financial {waits.FinancialDays} --traces {waits.TraceDays}`", Look.Held);
            }));
        return command;
    }
}

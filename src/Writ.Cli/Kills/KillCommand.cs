using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Writ.Cli.Api;
using Writ.Cli.Terminal;

namespace Writ.Cli.Kills;

/// <summary><c>writ kill</c>: stops something at once. One person orders it, two lift it.</summary>
internal static class KillCommand
{
    public static Command Create(Session session)
    {
        var scope = new Argument<string?>("scope") { Description = "What stops: everything, agent/NAME, version/AGENT/VERSION, team/NAME, server/NAME, tool/SERVER/TOOL or model/NAME. Without one, the kills are listed.", Arity = ArgumentArity.ZeroOrOne };
        var reason = new Option<string?>("--reason") { Description = "Why. It is recorded for good.", HelpName = "TEXT" };
        var detected = new Option<DateTimeOffset?>("--detected") { Description = "When it was noticed, such as 2026-07-31T14:30:00Z: the time to kill counts from there.", HelpName = "TIME" };
        var lift = new Option<string?>("--lift") { Description = "Say that a kill be lifted: it is when a second person says the same within seven days. Needs --reason.", HelpName = "ID" };
        var command = new Verb("kill", "Stop agents, tools or everything at once: nothing is decided, released or answered for them any more, and what is under way ends.",
            "writ kill agent/mailbot --reason 'sends mail to everybody'",
            "writ kill everything --reason 'incident 17'",
            "writ kill",
            "writ kill --lift 019f3a52-7d6c-7b1e-9a51-3f2c8e4d1b7a --reason 'fixed in 1.3'")
        {
            scope, reason, detected, lift,
        };
        command.Validators.Add(result =>
        {
            var (kills, lifts) = (result.GetValue(scope) is not null, result.GetValue(lift) is not null);
            if (kills && lifts)
                result.AddError("give a scope or --lift, one of them");
            else if ((kills || lifts) != (result.GetValue(reason) is not null))
                result.AddError("--reason goes with a scope or with --lift, and both need it");
            else if (!kills && result.GetValue(detected) is not null)
                result.AddError("--detected goes with a scope");
        });
        session.RunAgainstServer(command, (call, cancellation) =>
            call.Parse.GetValue(scope) is { } what ? OrderAsync(call, what, call.Parse.GetValue(reason)!, call.Parse.GetValue(detected), cancellation)
            : call.Parse.GetValue(lift) is { } id ? LiftAsync(call, id, call.Parse.GetValue(reason)!, cancellation)
            : ListAsync(session, call, cancellation));
        return command;
    }

    private static async Task<ExitCode> OrderAsync(ApiCall call, string scope, string reason, DateTimeOffset? detected, CancellationToken cancellation)
    {
        var body = new JsonObject { ["scope"] = scope, ["reason"] = reason };
        if (detected is { } at)
            body["detected_at"] = at.UtcDateTime.ToString("O", CultureInfo.InvariantCulture);
        return call.Show(await call.Api.PostAsync("/v1/kills", body, ApiJson.Default.KillAnswer, cancellation), answer =>
        {
            call.Screen.Line($"killed: {InertText.Of(answer.Kill.Scope)}", Look.Good);
            call.Screen.Note($"Two people lift it: writ kill --lift {InertText.Of(answer.Kill.Id)} --reason TEXT");
        });
    }

    private static async Task<ExitCode> LiftAsync(ApiCall call, string id, string reason, CancellationToken cancellation) =>
        call.Show(await call.Api.PostAsync($"/v1/kills/{Uri.EscapeDataString(id)}/lift", new JsonObject { ["reason"] = reason }, ApiJson.Default.KillAnswer, cancellation), answer =>
            call.Screen.Line(answer.Kill.LiftedBy is null
                ? $"{InertText.Of(answer.Kill.Scope)} is still stopped: another person says the same with `writ kill --lift {InertText.Of(answer.Kill.Id)}`"
                : $"lifted: {InertText.Of(answer.Kill.Scope)}"));

    private static async Task<ExitCode> ListAsync(Session session, ApiCall call, CancellationToken cancellation) =>
        call.Show(await call.Api.GetAsync("/v1/kills", ApiJson.Default.KillList, cancellation), list =>
        {
            if (list.Standing.Count + list.Lifted.Count == 0)
            {
                call.Screen.Line("nothing is killed");
                return;
            }

            var now = session.Time.GetUtcNow();
            call.Screen.Table(
                ["ID", "STOPPED", "ORDERED", "BY", "STATE", "CALLS ENDED", "TIME TO KILL", "REASON"],
                list.Standing.Concat(list.Lifted).Select(kill => (string[])
                [
                    InertText.Of(kill.Id), InertText.Of(kill.Scope), Instant.Relative(kill.OrderedAt, now), InertText.Of(kill.OrderedBy),
                    kill.LiftedBy is { } by ? $"lifted by {InertText.Of(by)}" : kill.LiftProposedBy is { } first ? $"stands; {InertText.Of(first)} wants it lifted" : "stands",
                    kill.Calls?.ToString(CultureInfo.InvariantCulture) ?? "", kill.TimeToKillUs is { } us ? Span(us) : "", InertText.Of(kill.Reason, 80),
                ]));
        });

    private static string Span(long us) => us < 1_000_000 ? string.Create(CultureInfo.InvariantCulture, $"{us / 1000.0:0.0} ms") : string.Create(CultureInfo.InvariantCulture, $"{us / 1_000_000.0:0.0} s");
}

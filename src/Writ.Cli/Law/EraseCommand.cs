using System.CommandLine;
using System.Text.Json.Nodes;
using Writ.Cli.Api;
using Writ.Cli.Terminal;

namespace Writ.Cli.Law;

/// <summary><c>writ erase</c>: forgets a subject. One person asks, another confirms within 72 hours.</summary>
internal static class EraseCommand
{
    public static Command Create(Session session)
    {
        var subject = new Argument<string?>("subject") { Description = "Whom to forget: user/NAME, person/NAME or agent/ID. Without one, what was asked for is listed.", Arity = ArgumentArity.ZeroOrOne };
        var reason = new Option<string?>("--reason") { Description = "Why. It is recorded for good, so name nobody in it.", HelpName = "TEXT" };
        var confirm = new Option<string?>("--confirm") { Description = "Confirm an erasure that another person asked for: it cannot be undone.", HelpName = "ID" };
        var decline = new Option<string?>("--decline") { Description = "Decline an erasure, or take it back. Needs --reason.", HelpName = "ID" };
        var command = new Verb("erase", "Forget a user or an agent: what they wrote becomes unreadable for good, and every proof stays valid.",
            "writ erase user/alice --reason 'request 4711'",
            "writ erase",
            "writ erase --confirm 019f3a52-7d6c-7b1e-9a51-3f2c8e4d1b7a",
            "writ erase --decline 019f3a52-7d6c-7b1e-9a51-3f2c8e4d1b7a --reason 'not the right person'")
        {
            subject, reason, confirm, decline,
        };
        command.Validators.Add(result =>
        {
            var (names, says) = (result.GetValue(subject) is not null, result.GetValue(reason) is not null);
            var (confirms, declines) = (result.GetValue(confirm) is not null, result.GetValue(decline) is not null);
            if ((names ? 1 : 0) + (confirms ? 1 : 0) + (declines ? 1 : 0) > 1)
                result.AddError("give a subject, --confirm or --decline, one of them");
            else if ((names || declines) != says)
                result.AddError("--reason goes with a subject or with --decline, and both need it");
        });
        session.RunAgainstServer(command, (call, cancellation) =>
            call.Parse.GetValue(subject) is { } named ? AnswerAsync(call, "/v1/erasures", new JsonObject { ["subject"] = named, ["reason"] = call.Parse.GetValue(reason) }, cancellation)
            : call.Parse.GetValue(confirm) is { } confirmed ? AnswerAsync(call, $"/v1/erasures/{Uri.EscapeDataString(confirmed)}/confirm", null, cancellation)
            : call.Parse.GetValue(decline) is { } declined ? AnswerAsync(call, $"/v1/erasures/{Uri.EscapeDataString(declined)}/decline", new JsonObject { ["reason"] = call.Parse.GetValue(reason) }, cancellation)
            : ListAsync(session, call, cancellation));
        return command;
    }

    private static async Task<ExitCode> AnswerAsync(ApiCall call, string path, JsonObject? body, CancellationToken cancellation) =>
        call.Show(await call.Api.PostAsync(path, body, ApiJson.Default.ErasureAnswer, cancellation), answer =>
        {
            var erasure = answer.Erasure;
            call.Screen.Line(erasure.State switch
            {
                "requested" => $"asked for: another person confirms it until {Instant.Of(erasure.Due)} with `writ erase --confirm {InertText.Of(erasure.Id)}`",
                "executed" => "erased: the key is destroyed, what was sealed under it reads \"payload erased, commitment present\"",
                "confirmed" => $"confirmed, and not carried out yet: {InertText.Of(erasure.Waits ?? "it is tried again within seconds")}",
                var other => $"the erasure is {InertText.Of(other)}",
            });
            if (erasure.Solo)
                call.Screen.Note("one person stood for two: there was nobody else");
        });

    private static async Task<ExitCode> ListAsync(Session session, ApiCall call, CancellationToken cancellation) =>
        call.Show(await call.Api.GetAsync("/v1/erasures", ApiJson.Default.ErasureList, cancellation), list =>
        {
            if (list.Erasures.Count == 0)
            {
                call.Screen.Line("no erasure was asked for");
                return;
            }

            var now = session.Time.GetUtcNow();
            call.Screen.Table(
                ["ID", "SUBJECT", "STATE", "ASKED BY", "CONFIRMED BY", "DUE", "REASON"],
                list.Erasures.Select(e => (string[])
                [
                    InertText.Of(e.Id), InertText.Of(e.Subject), InertText.Of(e.State), InertText.Of(e.RequestedBy), InertText.Of(e.ConfirmedBy ?? ""), Instant.Relative(e.Due, now), InertText.Of(e.Reason, 80),
                ]));
            foreach (var erasure in list.Erasures.Where(e => e.Waits is not null))
                call.Screen.Note($"{InertText.Of(erasure.Id)} waits: {InertText.Of(erasure.Waits!)}");
        });
}

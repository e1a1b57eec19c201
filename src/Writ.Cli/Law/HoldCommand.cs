using System.CommandLine;
using System.Text.Json.Nodes;
using Writ.Cli.Api;
using Writ.Cli.Terminal;

namespace Writ.Cli.Law;

/// <summary><c>writ hold</c>: legal holds. One person places one, two lift it.</summary>
internal static class HoldCommand
{
    public static Command Create(Session session) => new Verb("hold", "Keep records and payloads from being erased or pruned while a legal hold stands.")
    {
        Place(session),
        Lift(session),
        List(session),
    };

    private static Verb Place(Session session)
    {
        var name = new Argument<string>("name") { Description = "What to call it: lower-case letters, digits and inner hyphens." };
        var reason = new Option<string>("--reason") { Description = "Why. It is recorded for good, so name nobody in it.", HelpName = "TEXT", Required = true };
        var subject = new Option<string?>("--subject") { Description = "The one subject it covers: user/NAME, person/NAME or agent/ID. Without one it covers everything.", HelpName = "SUBJECT" };
        var command = new Verb("place", "Place a hold: in force before the answer.",
            "writ hold place case-4711 --reason 'litigation'",
            "writ hold place case-4711 --subject user/alice --reason 'litigation'") { name, reason, subject };
        session.RunAgainstServer(command, async (call, cancellation) =>
        {
            var body = new JsonObject { ["name"] = call.Parse.GetRequiredValue(name), ["reason"] = call.Parse.GetRequiredValue(reason) };
            if (call.Parse.GetValue(subject) is { } one)
                body["subject"] = one;
            return call.Show(await call.Api.PostAsync("/v1/holds", body, ApiJson.Default.HoldList, cancellation), list => Show(call.Screen, list.Holds));
        });
        return command;
    }

    private static Verb Lift(Session session)
    {
        var name = new Argument<string>("name") { Description = "The hold." };
        var reason = new Option<string>("--reason") { Description = "Why. It is recorded for good.", HelpName = "TEXT", Required = true };
        var command = new Verb("lift", "Say that a hold be lifted: it is when a second person says the same within seven days.",
            "writ hold lift case-4711 --reason 'case closed'") { name, reason };
        session.RunAgainstServer(command, async (call, cancellation) =>
        {
            var lifted = call.Parse.GetRequiredValue(name);
            var body = new JsonObject { ["reason"] = call.Parse.GetRequiredValue(reason) };
            return call.Show(
                await call.Api.PostAsync($"/v1/holds/{Uri.EscapeDataString(lifted)}/lift", body, ApiJson.Default.HoldList, cancellation),
                list => call.Screen.Line(list.Holds.Any(h => h.Name == lifted)
                    ? $"{InertText.Of(lifted)} still stands: another person says the same with `writ hold lift {InertText.Of(lifted)}`"
                    : $"{InertText.Of(lifted)} is lifted; {list.Holds.Count} left"));
        });
        return command;
    }

    private static Verb List(Session session)
    {
        var command = new Verb("list", "List the holds that stand.", "writ hold list");
        session.RunAgainstServer(command, async (call, cancellation) =>
            call.Show(await call.Api.GetAsync("/v1/holds", ApiJson.Default.HoldList, cancellation), list =>
            {
                if (list.Holds.Count == 0)
                    call.Screen.Line("no legal hold stands");
                else
                    Show(call.Screen, list.Holds);
            }));
        return command;
    }

    private static void Show(Screen screen, IReadOnlyList<HoldView> holds) => screen.Table(
        ["HOLD", "COVERS", "PLACED BY", "SINCE", "LIFTING PROPOSED BY", "REASON"],
        holds.Select(h => (string[])
        [
            InertText.Of(h.Name), InertText.Of(h.Subject ?? "everything"), InertText.Of(h.PlacedBy), Instant.Of(h.PlacedAt), InertText.Of(h.LiftProposedBy ?? ""), InertText.Of(h.Reason, 80),
        ]));
}

using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Writ.Cli.Api;
using Writ.Cli.Terminal;

namespace Writ.Cli.People;

/// <summary><c>writ token</c>: your own tokens for programs.</summary>
internal static class TokenCommand
{
    public static Command Create(Session session) => new Verb("token", "Make, list and revoke your tokens: limited, and with an end.")
    {
        Make(session),
        List(session),
        Revoke(session),
    };

    private static Verb Make(Session session)
    {
        var label = new Argument<string>("label") { Description = "What it is for." };
        var capabilities = new Option<string[]>("--capability") { Description = "Limits it to platform, security, app, compliance, data_protection or product; may be given several times. Default: all of yours.", HelpName = "CAPABILITY", AllowMultipleArgumentsPerToken = true };
        var readOnly = new Option<bool>("--read-only") { Description = "It only reads." };
        var days = new Option<int>("--days") { Description = "How long it works, 1 to 365 days.", HelpName = "DAYS", DefaultValueFactory = _ => 30 };
        var command = new Verb("create", "Make a token. It is shown once. If you have a passkey, make it at /tokens in a browser.", "writ token create nightly-report --read-only --days 90") { label, capabilities, readOnly, days };
        session.RunAgainstServer(command, async (call, cancellation) =>
        {
            var body = new JsonObject { ["label"] = call.Parse.GetRequiredValue(label), ["read_only"] = call.Parse.GetValue(readOnly), ["days"] = call.Parse.GetValue(days) };
            if (call.Parse.GetValue(capabilities) is { Length: > 0 } words)
                body["capabilities"] = new JsonArray([.. words.Select(word => (JsonNode)word)]);
            return await WithOwnAsync(call, async path => call.Show(await call.Api.PostAsync(path, body, ApiJson.Default.TokenAnswer, cancellation), answer =>
            {
                Show(call.Screen, [answer.Issued]);
                call.Screen.Facts([("token", InertText.Of(answer.Token))]);
                call.Screen.Note("The token is shown here and never again.");
            }), cancellation);
        });
        return command;
    }

    private static Verb List(Session session)
    {
        var command = new Verb("list", "List your tokens.", "writ token list");
        session.RunAgainstServer(command, (call, cancellation) => WithOwnAsync(
            call, async path => call.Show(await call.Api.GetAsync(path, ApiJson.Default.TokenList, cancellation), list => Show(call.Screen, list.Tokens)), cancellation));
        return command;
    }

    private static Verb Revoke(Session session)
    {
        var id = new Argument<string>("id") { Description = "Which, by the id that the list shows." };
        var reason = new Option<string>("--reason") { Description = "Why, for the record.", HelpName = "WORDS", Required = true };
        var command = new Verb("revoke", "Revoke a token, at once and for good.", "writ token revoke 0192… --reason 'the laptop is lost'") { id, reason };
        session.RunAgainstServer(command, (call, cancellation) => WithOwnAsync(
            call,
            async path => call.Show(
                await call.Api.PostAsync($"{path}/{Uri.EscapeDataString(call.Parse.GetRequiredValue(id))}/revoke", new JsonObject { ["reason"] = call.Parse.GetRequiredValue(reason) }, ApiJson.Default.TokenList, cancellation),
                list => Show(call.Screen, list.Tokens)),
            cancellation));
        return command;
    }

    /// <summary>Does something with the path of the caller's own tokens.</summary>
    private static async Task<ExitCode> WithOwnAsync(ApiCall call, Func<string, Task<ExitCode>> work, CancellationToken cancellation) =>
        await call.Api.GetAsync("/v1/login", ApiJson.Default.LoginView, cancellation) switch
        {
            ApiResult<LoginView>.Ok { Value: var me } => await work($"/v1/people/{Uri.EscapeDataString(me.Person)}/tokens"),
            var failed => call.Show(failed, _ => { }),
        };

    private static void Show(Screen screen, IReadOnlyList<TokenView> tokens) => screen.Table(
        ["ID", "LABEL", "FOR", "ENDS", "LAST USED"],
        tokens.Select(token => (string[])
        [
            InertText.Of(token.Id), InertText.Of(token.Label ?? ""),
            InertText.Of((token.Capabilities is { } limited ? string.Join(", ", limited) : "all that you may") + (token.ReadOnly ? ", only to read" : "")),
            token.ExpiresAt?.ToString("u", CultureInfo.InvariantCulture) ?? "never", token.LastUsedAt?.ToString("u", CultureInfo.InvariantCulture) ?? "",
        ]));
}

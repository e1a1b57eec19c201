using System.CommandLine;
using System.Text.Json.Nodes;
using Writ.Cli.Api;
using Writ.Cli.Terminal;

namespace Writ.Cli.Policies;

/// <summary><c>writ policy key</c>: the keys that an organization's bundles are signed with.</summary>
internal static class PolicyKeyCommand
{
    public static Command Create(Session session) => new Verb("key", "Register and revoke the keys that bundles are signed with, and require signatures.")
    {
        Add(session),
        List(session),
        Revoke(session),
        Require(session),
    };

    private static Verb Add(Session session)
    {
        var key = new Argument<string>("public-key") { Description = "The public half, as `writ policy keygen` shows it." };
        var label = new Option<string>("--label") { Description = "Whose it is.", HelpName = "NAME", Required = true };
        var command = new Verb("add", "Register a key.", "writ policy key add 11qYAY… --label 'release build'") { key, label };
        session.RunAgainstServer(command, async (call, cancellation) => Show(call, await call.Api.PostAsync(
            "/v1/publisher-keys", new JsonObject { ["public_key"] = call.Parse.GetRequiredValue(key), ["label"] = call.Parse.GetRequiredValue(label) }, ApiJson.Default.PublisherKeyList, cancellation)));
        return command;
    }

    private static Verb List(Session session)
    {
        var command = new Verb("list", "List the keys, and whether signatures are required.", "writ policy key list");
        session.RunAgainstServer(command, async (call, cancellation) => Show(call, await call.Api.GetAsync("/v1/publisher-keys", ApiJson.Default.PublisherKeyList, cancellation)));
        return command;
    }

    private static Verb Revoke(Session session)
    {
        var id = new Argument<string>("id") { Description = "The key's id." };
        var reason = Reason();
        var command = new Verb("revoke", "Revoke a key: nothing that it signed is published from then on.", "writ policy key revoke 5f0c9a… --reason 'the laptop was stolen'") { id, reason };
        session.RunAgainstServer(command, async (call, cancellation) => Show(call, await call.Api.PostAsync(
            $"/v1/publisher-keys/{Uri.EscapeDataString(call.Parse.GetRequiredValue(id))}/revoke", new JsonObject { ["reason"] = call.Parse.GetRequiredValue(reason) }, ApiJson.Default.PublisherKeyList, cancellation)));
        return command;
    }

    private static Verb Require(Session session)
    {
        var reason = Reason();
        var command = new Verb("require", "Publish only what is signed, from then on.", "writ policy key require --reason 'the auditors ask for it'") { reason };
        session.RunAgainstServer(command, async (call, cancellation) => Show(call, await call.Api.PostAsync(
            "/v1/publisher-keys/require", new JsonObject { ["reason"] = call.Parse.GetRequiredValue(reason) }, ApiJson.Default.PublisherKeyList, cancellation)));
        return command;
    }

    private static Option<string> Reason() => new("--reason") { Description = "Why; it is recorded.", HelpName = "TEXT", Required = true };

    private static ExitCode Show(ApiCall call, ApiResult<PublisherKeyList> answer) => call.Show(answer, list =>
    {
        call.Screen.Line(list.Required ? "only signed bundles are published" : "bundles need no signature");
        call.Screen.Table(
            ["ID", "LABEL", "PUBLIC KEY", "STATE"],
            list.Keys.Select(key => (string[])[InertText.Of(key.Id), InertText.Of(key.Label), InertText.Of(key.PublicKey), key.Revoked ? "revoked" : "in force"]));
    });
}

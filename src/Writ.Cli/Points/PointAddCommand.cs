using System.CommandLine;
using Writ.Cli.Api;
using Writ.Cli.Terminal;

namespace Writ.Cli.Points;

/// <summary><c>writ point add</c>: registers a decision point from a JSON file; it is asked from the next decision on.</summary>
internal static class PointAddCommand
{
    public static Command Create(Session session)
    {
        var file = new Argument<string>("file")
        {
            Description = "A JSON file: name, kind (authzen or opa), url and, where the defaults do not fit, actions, allowed_addresses, secret_header, timeout_ms and the like.",
        };
        var command = new Verb("add", "Register a decision point: from the next decision on it has to agree.",
            "writ point add opa.json",
            """where opa.json is {"name":"opa","kind":"opa","url":"https://opa.example/v1/data/agents/allow","actions":["effect/money"]}""")
        {
            file,
        };
        session.RunAgainstServer(command, async (call, cancellation) =>
            JsonFile.Read(call.Parse.GetRequiredValue(file), out var trouble) is not { } body
                ? call.Screen.Fail(trouble!)
                : call.Show(await call.Api.PostAsync("/v1/decision-points", body, ApiJson.Default.PointAnswer, cancellation), answer => PointCommand.Show(call.Screen, [answer.Point])));
        return command;
    }
}

using System.CommandLine;
using Writ.Cli.Api;
using Writ.Cli.Terminal;

namespace Writ.Cli.Servers;

/// <summary><c>writ server add</c>: registers a server from a JSON file, as a person's own act.</summary>
internal static class ServerAddCommand
{
    public static Command Create(Session session)
    {
        var file = new Argument<string>("file")
        {
            Description = "A JSON file: slug, connection ({\"type\":\"stdio\",\"command\":…} or {\"type\":\"http\",\"url\":…}) and, for each tool, its effect and the like.",
        };
        var command = new Verb("add", "Register a server and the classes of its tools. A tool without a class is quarantined: nobody can call it.",
            "writ server add crm.json",
            """where crm.json is {"slug":"crm","connection":{"type":"http","url":"https://crm.example/mcp"},"tools":{"get_customer":{"effect":"read"}}}""")
        {
            file,
        };
        session.RunAgainstServer(command, async (call, cancellation) =>
        {
            if (JsonFile.Read(call.Parse.GetRequiredValue(file), out var trouble) is not { } body)
                return call.Screen.Fail(trouble!);
            return call.Show(await call.Api.PostAsync("/v1/servers", body, ApiJson.Default.ServerAnswer, cancellation), answer =>
            {
                ServerTable.Show(call.Screen, [answer.Server]);
                var quarantined = answer.Server.Tools.Count(t => t.Standing != "admitted");
                if (quarantined > 0)
                    call.Screen.Note($"{quarantined} of {answer.Server.Tools.Count} tools are quarantined: nobody can call them until what is missing is stated.");
            });
        });
        return command;
    }
}

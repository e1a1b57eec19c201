using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Writ.Cli.Terminal;

namespace Writ.Cli.Discovery;

/// <summary><c>writ discover</c>: finds agents and MCP configurations in a folder or on this machine. Needs no server, and changes none.</summary>
internal static class DiscoverCommand
{
    public static Command Create(Session session)
    {
        var path = new Argument<string>("path") { Description = "The folder to look through, such as a repository.", DefaultValueFactory = _ => "." };
        var machine = new Option<bool>("--machine") { Description = "Look at the configurations of clients in your home instead." };
        var drafts = new Option<string?>("--drafts") { Description = "Write drafts to look at and send into this new folder: agents.jsonl for `writ agent import`, servers/*.json for `writ server add`.", HelpName = "FOLDER" };
        var command = new Verb("discover", "Find agents and MCP servers: configurations of clients, definitions of agents, projects that are built with agent SDKs. Values of variables and headers, and what could be a key, are neither shown nor written.",
            "writ discover .",
            "writ discover --machine --json | jq '.servers[].name'",
            "writ discover ~/src --drafts found && writ agent import found/agents.jsonl")
        {
            path, machine, drafts,
        };
        session.Run(command, async (parse, screen, cancellation) =>
        {
            await Task.Yield();
            Discovered found;
            if (parse.GetValue(machine))
            {
                found = MachineScan.Scan(session.Environment.GetValueOrDefault("HOME") is { Length: > 0 } home ? home : Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), Environment.MachineName, new DiscoveryLimits());
            }
            else
            {
                var folder = parse.GetRequiredValue(path);
                if (!Directory.Exists(folder))
                    return screen.Fail(new Trouble(ExitCode.BadInput, $"{folder}: there is no such folder"));
                found = new TreeScan(new DiscoveryLimits(), session.Time).Scan(folder, cancellation);
            }

            if (parse.GetValue(drafts) is { } target && Write(target, found) is { } trouble)
                return screen.Fail(trouble);
            screen.Document(Json(found));
            if (!screen.Json)
                Show(screen, found, parse.GetValue(drafts));
            return ExitCode.Done;
        });
        return command;
    }

    private static Trouble? Write(string folder, Discovered found)
    {
        try
        {
            if (Directory.Exists(folder) || File.Exists(folder))
                return new Trouble(ExitCode.BadInput, $"{folder} is there already: name a new folder");
            Directory.CreateDirectory(Path.Combine(folder, "servers"));
            foreach (var (name, text) in DraftFiles.Of(found))
                File.WriteAllText(Path.Combine(folder, name), text);
            return null;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return new Trouble(ExitCode.Failed, $"{folder} cannot be written: {failure.Message}");
        }
    }

    private static JsonObject Json(Discovered found) => new()
    {
        ["agents"] = new JsonArray([.. found.Agents.Select(agent => (JsonNode)new JsonObject
        {
            ["name"] = agent.Name, ["kind"] = agent.Kind, ["framework"] = agent.Framework, ["version"] = agent.Version, ["file"] = agent.File, ["servers"] = List(agent.Servers),
        })]),
        ["servers"] = new JsonArray([.. found.Servers.Select(server => (JsonNode)new JsonObject
        {
            ["name"] = server.Name, ["client"] = server.Client, ["file"] = server.File, ["transport"] = server.Transport, ["target"] = server.Target, ["arguments"] = List(server.Arguments),
            ["hidden"] = server.Hidden, ["environment"] = List(server.Environment), ["headers"] = List(server.Headers),
        })]),
        ["skipped"] = new JsonArray([.. found.Skipped.Select(skipped => (JsonNode)new JsonObject { ["file"] = skipped.File, ["why"] = skipped.Why })]),
        ["files_read"] = found.Read,
    };

    private static JsonArray List(IEnumerable<string> texts) => new([.. texts.Select(text => (JsonNode)text)]);

    private static void Show(Screen screen, Discovered found, string? drafts)
    {
        if (found.Agents.Count == 0 && found.Servers.Count == 0)
            screen.Line("nothing found");
        if (found.Agents.Count > 0)
        {
            screen.Table(
                ["AGENT", "KIND", "BUILT WITH", "FILE", "SERVERS"],
                found.Agents.Select(agent => Inert(agent.Name, agent.Kind, agent.Version is null ? agent.Framework : $"{agent.Framework} {agent.Version}", agent.File, string.Join(", ", agent.Servers))));
            screen.Line();
        }

        if (found.Servers.Count > 0)
        {
            screen.Table(
                ["MCP SERVER", "CLIENT", "REACHED BY", "VARIABLES", "HEADERS", "FILE"],
                found.Servers.Select(server => Inert(server.Name, server.Client, Reached(server), string.Join(", ", server.Environment), string.Join(", ", server.Headers), server.File)));
            screen.Line();
        }

        foreach (var skipped in found.Skipped)
            screen.Note(InertText.Of($"not looked at: {skipped.File}: {skipped.Why}"));
        if (drafts is not null)
            screen.Note(InertText.Of($"drafts are in {drafts}: look at them, then `writ agent import {drafts}/agents.jsonl`"));
    }

    private static string Reached(FoundServer server) =>
        string.Join(' ', new[] { server.Target ?? "?" }.Concat(server.Arguments).Concat(server.Hidden > 0 ? [$"(+{server.Hidden.ToString(CultureInfo.InvariantCulture)} hidden)"] : []));

    private static string[] Inert(params string[] cells) => [.. cells.Select(cell => InertText.Of(cell, 120))];
}

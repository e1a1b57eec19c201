using System.Text;
using System.Text.Json.Nodes;
using Writ.Cli.Api;
using Writ.Governance.Agents;
using Writ.Governance.Tools;

namespace Writ.Cli.Discovery;

/// <summary>
/// Writes what was found as drafts to look at and send: <c>agents.jsonl</c> for <c>writ agent import</c>, and one file for each server for <c>writ server
/// add</c>. A server of which something is hidden is <c>incomplete</c>: somebody says the rest and gives the file its name.
/// </summary>
internal static class DraftFiles
{
    /// <summary>The drafts, by the name of their file.</summary>
    public static IReadOnlyList<(string Name, string Text)> Of(Discovered found) => [("agents.jsonl", Agents(found)), .. Servers(found)];

    private static string Agents(Discovered found)
    {
        var (lines, names) = (new StringBuilder(), new HashSet<string>(StringComparer.Ordinal));
        foreach (var group in found.Agents.GroupBy(agent => (agent.Kind == "project" ? agent.Name : $"{agent.Name}\n{agent.File}")))
        {
            var agent = group.First();
            var claims = new JsonObject();
            foreach (var (name, value) in new[]
            {
                ("framework", string.Join(", ", group.Select(one => one.Framework).Distinct(StringComparer.Ordinal))), ("framework_version", agent.Version), ("found", agent.Kind),
                ("file", string.Join(", ", group.Select(one => one.File).Distinct(StringComparer.Ordinal))), ("servers", string.Join(", ", group.SelectMany(one => one.Servers).Distinct(StringComparer.Ordinal))),
            })
            {
                if (AgentLabel.Inert(value, AgentOrigin.MaxClaim) is { } said)
                    claims[name] = said;
            }

            lines.Append(new JsonObject { ["name"] = Free(agent.Name, names), ["claims"] = claims }.ToJsonString(ApiJson.Default.Options)).Append('\n');
        }

        return lines.ToString();
    }

    private static IEnumerable<(string, string)> Servers(Discovered found)
    {
        var slugs = new HashSet<string>(StringComparer.Ordinal);
        foreach (var server in found.Servers.DistinctBy(one => (one.Name, one.Transport, one.Target, string.Join('\n', one.Arguments))))
        {
            var slug = Slug(server.Name, slugs);
            var isComplete = server is { Hidden: 0, Environment.Count: 0, Headers.Count: 0, Transport: not "unknown", Target: not (null or "(hidden)") };
            var connection = server.Transport == "http"
                ? new JsonObject { ["type"] = "http", ["url"] = server.Target }
                : new JsonObject { ["type"] = "stdio", ["command"] = server.Target, ["arguments"] = new JsonArray([.. server.Arguments.Select(argument => (JsonNode)argument)]) };
            yield return ($"servers/{slug}.json{(isComplete ? "" : ".incomplete")}", new JsonObject { ["slug"] = slug, ["connection"] = connection, ["tools"] = new JsonObject() }.ToJsonString(ApiJson.Default.Options) + "\n");
        }
    }

    /// <summary>The name, with a number where another has it.</summary>
    private static string Free(string name, HashSet<string> taken)
    {
        var plain = AgentLabel.Inert(name, AgentLabel.MaxLength - 6) is { } inert && !Guid.TryParse(inert, out _) ? inert : "unnamed";
        for (var n = 1; ; n++)
        {
            var free = n == 1 ? plain : $"{plain} {n}";
            if (taken.Add(free))
                return free;
        }
    }

    private static string Slug(string name, HashSet<string> taken)
    {
        var plain = new string([.. name.ToLowerInvariant().Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-')]).Trim('-');
        plain = plain.Length > 40 ? plain[..40].Trim('-') : plain;
        if (!ServerSlug.TryParse(plain, null, out _))
            plain = "server";
        for (var n = 1; ; n++)
        {
            var free = n == 1 ? plain : $"{plain}-{n}";
            if (taken.Add(free))
                return free;
        }
    }
}

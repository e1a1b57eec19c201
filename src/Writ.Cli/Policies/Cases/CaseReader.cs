using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Writ.Governance.Agents;
using Writ.Governance.Decisions;
using Writ.Governance.People;
using Writ.Governance.Policies.Testing;
using Writ.Governance.Tools;

namespace Writ.Cli.Policies.Cases;

/// <summary>Reads one case: who calls what with which arguments, what is known, and what has to come of it.</summary>
internal static class CaseReader
{
    /// <summary>The case; null where its call cannot be made of it.</summary>
    public static PolicyCase? Read(string path, MapReader reader, int line, CaseSet world, string bundle, string label)
    {
        var name = reader.RequiredWord("name");
        var call = Call(reader, world);
        var expected = Expectation(reader, bundle);
        reader.End();
        return call is null || expected is null ? null : new PolicyCase(label.Length > 0 ? $"{name}: {label}" : name, path, line, call, expected);
    }

    /// <summary>The call of a case or of a request file; null where it cannot be made.</summary>
    public static TrialCall? Call(MapReader reader, CaseSet world)
    {
        var agent = Principal(reader, world);
        var action = reader.RequiredWord("action");
        var arguments = ArgumentsOf(reader, "args", reader.Object("args") ?? []);
        var call = action.Split('/', 2) is [var server, var tool] && ServerSlug.TryParse(server, null, out var slug) && ToolName.IsValid(tool) && agent is not null && arguments is not null
            ? new TrialCall { Agent = agent, Server = slug, Tool = tool, Arguments = arguments }
            : null;
        if (call is null && action.Length > 0 && agent is not null && arguments is not null)
            reader.Report("action", $"'{action}' is not server/tool");
        else if (call is not null && world.Servers.All(known => known.Slug != call.Server))
            reader.Report("action", $"no server '{call.Server}' is named under 'servers'");
        return FactReader.Read(reader, call);
    }

    private static Agent? Principal(MapReader reader, CaseSet world)
    {
        var name = reader.Word("principal");
        if (name is null && world.Principals.Count == 1)
            return world.Principals.Values.Single();
        if (name is not null && world.Principals.TryGetValue(name, out var agent))
            return agent;
        reader.Report("principal", name is null ? "'principal' is missing: several are named" : $"no principal '{name}' is named under 'principals'");
        return null;
    }

    private static CaseExpectation? Expectation(MapReader reader, string bundle)
    {
        var word = reader.RequiredWord("outcome");
        var outcome = Enum.GetValues<Outcome>().Where(o => o.Word() == word).Cast<Outcome?>().FirstOrDefault();
        if (outcome is null && word.Length > 0)
            reader.Report("outcome", $"'{word}' is not an outcome: expected {string.Join(", ", Enum.GetValues<Outcome>().Select(o => o.Word()))}");
        var remedy = reader.Object("remedy");
        if (remedy is not null && (remedy["tool"] is not JsonValue tool || tool.GetValueKind() != JsonValueKind.String || remedy.Any(member => member.Key is not ("tool" or "args"))))
        {
            reader.Report("remedy", "expected 'tool', and 'args' if wished");
            remedy = null;
        }

        var expectation = new CaseExpectation
        {
            Outcome = outcome ?? Outcome.Deny,
            Reasons = reader.Words("reasons") is { } reasons ? [.. reasons.Select(rule => rule.Contains('/') ? rule : $"{bundle}/{rule}")] : null,
            Constraints = reader.Words("constraints"),
            Approvers = reader.Words("approvers"),
            Code = reader.Word("code"),
            RemedyTool = remedy?["tool"]?.GetValue<string>(),
            RemedyArguments = remedy?["args"] is JsonObject args ? ArgumentsOf(reader, "remedy", args) : null,
            Runs = reader.Object("runs") is { } runs ? ArgumentsOf(reader, "runs", runs) : null,
        };
        return outcome is null ? null : expectation;
    }

    private static Arguments? ArgumentsOf(MapReader reader, string key, JsonObject value)
    {
        switch (Arguments.Parse(System.Text.Encoding.UTF8.GetBytes(value.ToJsonString())))
        {
            case ArgumentsReading.Read read:
                return read.Arguments;
            case ArgumentsReading.Refused refused:
                reader.Report(key, refused.Cause);
                return null;
            default:
                throw new InvalidOperationException();
        }
    }
}

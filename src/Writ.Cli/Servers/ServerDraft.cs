using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Writ.Governance.Agents;
using Writ.Governance.Tools;

namespace Writ.Cli.Servers;

/// <summary>
/// A server as a <c>server.json</c> describes it, of which an address or an exact version of a package is taken, and the rest is said. No argument that the
/// file asks for is taken over: what starts a program is for people to write.
/// </summary>
internal sealed partial record ServerDraft(JsonObject Body, IReadOnlyList<string> Notes)
{
    private const int MaxWays = 50;

    private static readonly string[] Words = ["title", "description", "version"];

    /// <summary>The draft, or null and what is wrong with the file.</summary>
    public static ServerDraft? Read(JsonObject json, out string obstacle)
    {
        obstacle = "";
        if (Text(json, "name") is not { } name || !RegistryName().IsMatch(name))
            obstacle = "name: namespace/name, as the MCP registry has it";
        else if (Items(json, "remotes") is not { } remotes || Items(json, "packages") is not { } packages)
            obstacle = $"remotes and packages: lists of at most {MaxWays} objects";
        else if (!ServerSlug.TryParse(Slug(name), null, out var slug))
            obstacle = "name: it makes no slug";
        else if (remotes.Select(Remote).Concat(packages.Select(Package)).FirstOrDefault(way => way is not null) is not { } way)
            obstacle = "there is no remote of the type streamable-http with a plain address, and no package of npm or PyPI with an exact version";
        else
            return new ServerDraft(new JsonObject { ["slug"] = slug.ToString(), ["connection"] = way.Connection, ["tools"] = new JsonObject() }, [.. way.Notes, .. Said(json)]);
        return null;
    }

    private static (JsonObject Connection, IReadOnlyList<string> Notes)? Remote(JsonObject remote) =>
        Text(remote, "type") == "streamable-http" && Text(remote, "url") is { } url && Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Scheme is "https" or "http"
        && uri.UserInfo.Length == 0 && PlainUrl().IsMatch(url)
            ? (new JsonObject { ["type"] = "http", ["url"] = url }, Asked(remote, "headers", "header"))
            : null;

    private static (JsonObject Connection, IReadOnlyList<string> Notes)? Package(JsonObject package)
    {
        if (Text(package, "identifier") is not { } identifier || !Identifier().IsMatch(identifier) || Text(package, "version") is not { } version || !ExactVersion().IsMatch(version))
            return null;
        var (command, arguments) = Text(package, "registryType") switch
        {
            "npm" => ("npx", new JsonArray("-y", $"{identifier}@{version}")),
            "pypi" => ("uvx", new JsonArray($"{identifier}=={version}")),
            _ => (null, []),
        };
        return command is null ? null : (
            new JsonObject { ["type"] = "stdio", ["command"] = command, ["arguments"] = arguments },
            [.. Asked(package, "environmentVariables", "variable"), .. Items(package, "packageArguments") is { Count: > 0 } or null ? ["it asks for arguments, which are not taken over"] : Array.Empty<string>()]);
    }

    private static IReadOnlyList<string> Asked(JsonObject way, string member, string what) =>
        [.. (Items(way, member) ?? []).Select(one => Text(one, "name")).OfType<string>().Where(name => InputName().IsMatch(name)).Select(name => $"it asks for the {what} {name}")];

    private static IEnumerable<string> Said(JsonObject json) =>
        Words.Select(member => (Member: member, Value: AgentLabel.Inert(Text(json, member), 200))).Where(said => said.Value is not null).Select(said => $"it says of itself: {said.Member}: {said.Value}");

    private static string Slug(string name)
    {
        var end = name.Split('/')[^1].ToLowerInvariant();
        return new string([.. end.Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-').Take(40)]).Trim('-');
    }

    private static string? Text(JsonObject json, string member) => json[member] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    private static IReadOnlyList<JsonObject>? Items(JsonObject json, string member) => json[member] switch
    {
        null => [],
        JsonArray { Count: <= MaxWays } list when list.All(item => item is JsonObject) => [.. list.Select(item => (JsonObject)item!)],
        _ => null,
    };

    [GeneratedRegex(@"\A[A-Za-z0-9.-]{1,100}/[A-Za-z0-9._-]{1,100}\z")]
    private static partial Regex RegistryName();

    [GeneratedRegex(@"\A[!-z~]{1,512}\z")]
    private static partial Regex PlainUrl();

    [GeneratedRegex(@"\A(@[a-z0-9][a-z0-9._-]{0,60}/)?[A-Za-z0-9][A-Za-z0-9._-]{0,100}\z")]
    private static partial Regex Identifier();

    [GeneratedRegex(@"\A[0-9]{1,6}(\.[0-9]{1,6}){1,3}([.+-]?[A-Za-z0-9.-]{1,30})?\z")]
    private static partial Regex ExactVersion();

    [GeneratedRegex(@"\A[A-Za-z0-9_-]{1,64}\z")]
    private static partial Regex InputName();
}

using System.Text.RegularExpressions;

namespace Writ.Cli.Discovery;

/// <summary>Looks at one file: a client's configuration, the definition of an agent, or what a project is built with.</summary>
internal static partial class FileReader
{
    /// <summary>Whether a file of a project is worth reading.</summary>
    /// <param name="path">Its path below the scanned folder, with slashes.</param>
    public static bool IsOfInterest(string path) =>
        ClientFiles.Of(path) is not null || IsDefinition(path) || Manifests.IsOne(Path.GetFileName(path));

    /// <summary>Reads a file of a project.</summary>
    public static void Read(string path, byte[] bytes, string folder, Discovered found)
    {
        if (ClientFiles.Of(path) is { } client)
            Configuration(client, path, bytes, found, $"{client} in {folder}");
        else if (IsDefinition(path))
            Definition(path, bytes, found);
        else
            Project(path, bytes, folder, found);
    }

    /// <summary>Reads a client's configuration.</summary>
    public static void Configuration(string client, string path, byte[] bytes, Discovered found, string agent)
    {
        if (Structured.Read(path, bytes) is not { } configuration)
        {
            found.Skip(path, "it is not what its name says");
            return;
        }

        var servers = ServerEntries.Of(client, Shown.Path(path), configuration).ToArray();
        foreach (var server in servers)
            found.Add(server);
        if (servers.Length > 0)
            found.Add(new FoundAgent(Shown.Name(agent), "client", Shown.Path(path), client, null, [.. servers.Select(server => server.Name).Distinct(StringComparer.Ordinal)]));
    }

    /// <summary>An agent that Claude Code or a client with the same form reads from Markdown: its name stands in front, or is the file's.</summary>
    private static void Definition(string path, byte[] bytes, Discovered found)
    {
        if (Structured.Text(bytes) is not { } text)
        {
            found.Skip(path, "it is not what its name says");
            return;
        }

        var name = NameLine().Match(text.Length > 4_096 ? text[..4_096] : text) is { Success: true } match ? match.Groups[1].Value : Path.GetFileNameWithoutExtension(path).Replace(".agent", "", StringComparison.Ordinal);
        found.Add(new FoundAgent(Shown.Name(name), "definition", Shown.Path(path), path.Contains(".github/", StringComparison.Ordinal) ? "copilot" : "claude-code", null, []));
    }

    private static void Project(string path, byte[] bytes, string folder, Discovered found)
    {
        if (Manifests.Read(path, bytes) is not { } manifest)
        {
            found.Skip(path, "it is not what its name says");
            return;
        }

        var name = manifest.Project ?? (Path.GetDirectoryName(path) is { Length: > 0 } above ? Path.GetFileName(above) : folder);
        foreach (var sdk in manifest.Packages.Select(package => (Framework: AgentSdks.FrameworkOf(manifest.Registry, package.Name), package.Version)).Where(sdk => sdk.Framework is not null).DistinctBy(sdk => sdk.Framework))
            found.Add(new FoundAgent(Shown.Name(name), "project", Shown.Path(path), sdk.Framework!, Shown.Version(sdk.Version), []));
    }

    private static bool IsDefinition(string path) =>
        (path.StartsWith(".claude/agents/", StringComparison.Ordinal) || path.Contains("/.claude/agents/", StringComparison.Ordinal)
            || path.StartsWith(".github/agents/", StringComparison.Ordinal) || path.Contains("/.github/agents/", StringComparison.Ordinal)) && path.EndsWith(".md", StringComparison.Ordinal);

    [GeneratedRegex(@"\A---\r?\n(?:.*\r?\n){0,30}?name:\s*[""']?([^""'\r\n]{1,128})")]
    private static partial Regex NameLine();
}

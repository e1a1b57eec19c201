using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Xml;

namespace Writ.Cli.Discovery;

/// <summary>Reads which packages a project asks for, from the files of its package manager. Nothing of it is run.</summary>
internal static partial class Manifests
{
    private const int MaxPackages = 5_000;

    private static readonly string[] NodeKinds = ["dependencies", "devDependencies", "peerDependencies", "optionalDependencies"];

    /// <summary>Whether a file is one that is read here.</summary>
    public static bool IsOne(string name) =>
        name is "package.json" or "pyproject.toml" or "Pipfile" or "go.mod" or "Cargo.toml" or "Directory.Packages.props" or "packages.config"
        || name.EndsWith(".csproj", StringComparison.OrdinalIgnoreCase) || name.EndsWith(".fsproj", StringComparison.OrdinalIgnoreCase)
        || (name.StartsWith("requirements", StringComparison.Ordinal) && name.EndsWith(".txt", StringComparison.Ordinal));

    /// <summary>The name that the project has there, and its packages; null where the file is not what its name says.</summary>
    public static (string? Project, string Registry, IReadOnlyList<(string Name, string? Version)> Packages)? Read(string path, byte[] bytes)
    {
        var name = Path.GetFileName(path);
        if (name == "package.json")
        {
            return Structured.Read(path, bytes) is { } json
                ? (Text(json["name"]), "npm", [.. NodeKinds.SelectMany(kind => Pairs(json[kind])).Take(MaxPackages)])
                : null;
        }

        if (name == "pyproject.toml")
            return Structured.Read(path, bytes) is { } toml ? (Text((toml["project"] as JsonObject)?["name"]) ?? Text(((toml["tool"] as JsonObject)?["poetry"] as JsonObject)?["name"]), "pypi", [.. Python(toml).Take(MaxPackages)]) : null;
        if (name == "Pipfile")
            return Structured.Read("Pipfile.toml", bytes) is { } pipfile ? (null, "pypi", [.. Pairs(pipfile["packages"]).Concat(Pairs(pipfile["dev-packages"])).Select(p => (Normal(p.Name), p.Version)).Take(MaxPackages)]) : null;
        if (name == "Cargo.toml")
            return Structured.Read(path, bytes) is { } cargo ? (Text((cargo["package"] as JsonObject)?["name"]), "crates", [.. Pairs(cargo["dependencies"]).Concat(Pairs(cargo["dev-dependencies"])).Take(MaxPackages)]) : null;
        if (Structured.Text(bytes) is not { } text)
            return null;
        if (name == "go.mod")
            return (GoModule().Match(text) is { Success: true } module ? module.Groups[1].Value.Split('/')[^1] : null, "go", [.. GoRequire().Matches(text).Select(m => (m.Groups[1].Value, (string?)m.Groups[2].Value)).Take(MaxPackages)]);
        return name.EndsWith(".txt", StringComparison.Ordinal)
            ? (null, "pypi", [.. text.Split('\n').Select(Requirement).OfType<(string, string?)>().Take(MaxPackages)])
            : DotNet(path, text);
    }

    private static IEnumerable<(string Name, string? Version)> Python(JsonObject toml)
    {
        var project = toml["project"] as JsonObject;
        var poetry = (toml["tool"] as JsonObject)?["poetry"] as JsonObject;
        var groups = (project?["optional-dependencies"] as JsonObject ?? []).Concat(toml["dependency-groups"] as JsonObject ?? []).Select(group => group.Value).Prepend(project?["dependencies"]);
        foreach (var item in groups.OfType<JsonArray>().SelectMany(list => list))
        {
            if (Text(item) is { } line && Requirement(line) is { } package)
                yield return package;
        }

        foreach (var table in (poetry?["group"] as JsonObject ?? []).Select(group => (group.Value as JsonObject)?["dependencies"]).Prepend(poetry?["dependencies"]))
        {
            foreach (var (name, version) in Pairs(table))
                yield return (Normal(name), version);
        }
    }

    private static (string? Project, string Registry, IReadOnlyList<(string Name, string? Version)> Packages)? DotNet(string path, string text)
    {
        var packages = new List<(string, string?)>();
        try
        {
            // No DTD, so that no entity is expanded and nothing is fetched.
            using var reader = XmlReader.Create(new StringReader(text), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, MaxCharactersInDocument = text.Length + 1 });
            while (reader.Read() && packages.Count < MaxPackages && reader.Depth < 64)
            {
                if (reader.NodeType == XmlNodeType.Element && reader.LocalName is "PackageReference" or "PackageVersion" or "package"
                    && (reader.GetAttribute("Include") ?? reader.GetAttribute("Update") ?? reader.GetAttribute("id")) is { Length: > 0 } id)
                    packages.Add((id, reader.GetAttribute("Version") ?? reader.GetAttribute("version")));
            }
        }
        catch (XmlException)
        {
            return null;
        }

        var name = Path.GetFileName(path);
        return (name.EndsWith("proj", StringComparison.OrdinalIgnoreCase) ? Path.GetFileNameWithoutExtension(name) : null, "nuget", packages);
    }

    private static (string Name, string? Version)? Requirement(string line) =>
        PythonRequirement().Match(line) is { Success: true } match ? (Normal(match.Groups[1].Value), match.Groups[2].Value is { Length: > 0 } version ? version : null) : null;

    private static string Normal(string name) => name.ToLowerInvariant().Replace('_', '-').Replace('.', '-'); // PEP 503

    private static IEnumerable<(string Name, string? Version)> Pairs(JsonNode? table) =>
        (table as JsonObject ?? []).Select(pair => (pair.Key, pair.Value is JsonObject inner ? Text(inner["version"]) : Text(pair.Value)));

    private static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    [GeneratedRegex(@"^\s*([A-Za-z0-9][A-Za-z0-9._-]{0,100})\s*(?:\[[^\]]{0,200}\])?\s*((?:[<>=!~]=?=?\s*[A-Za-z0-9.*+!_-]{1,40}\s*,?\s*){0,4})")]
    private static partial Regex PythonRequirement();

    [GeneratedRegex(@"^module\s+(\S{1,200})", RegexOptions.Multiline)]
    private static partial Regex GoModule();

    [GeneratedRegex(@"^\s*(?:require\s+)?([a-z0-9.-]+\.[a-z]{2,}/\S{1,200}|google\.golang\.org/\S{1,100})\s+(v[0-9][\w.+-]{0,60})", RegexOptions.Multiline)]
    private static partial Regex GoRequire();
}

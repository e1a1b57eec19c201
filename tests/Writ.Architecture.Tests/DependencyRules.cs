using System.Xml.Linq;

namespace Writ.Architecture.Tests;

/// <summary>Who may depend on whom: project and package references as the project files state them.</summary>
internal static class DependencyRules
{
    /// <summary>The rooms, each with those it may reference directly. A room that is not listed may not exist.</summary>
    public static readonly IReadOnlyDictionary<string, string[]> Allowed = new Dictionary<string, string[]>
    {
        ["Writ.Crypto"] = [],
        ["Writ.Cedar"] = [],
        ["Writ.Ledger"] = ["Writ.Crypto"],
        ["Writ.Identity"] = ["Writ.Crypto"],
        ["Writ.Client"] = ["Writ.Crypto", "Writ.Identity"],
        ["Writ.Governance"] = ["Writ.Cedar", "Writ.Ledger", "Writ.Identity"],
        ["Writ.Gateways"] = ["Writ.Governance"],
        ["Writ.Server"] = ["Writ.Cedar", "Writ.Crypto", "Writ.Ledger", "Writ.Identity", "Writ.Governance", "Writ.Gateways"],
        ["Writ.Cli"] = ["Writ.Cedar", "Writ.Crypto", "Writ.Ledger", "Writ.Identity", "Writ.Governance", "Writ.Gateways", "Writ.Server"],
    };

    /// <summary>Libraries that a stranger could use alone, or that must be easy to review: the runtime and nothing else.</summary>
    private static readonly string[] WithoutPackages = ["Writ.Crypto", "Writ.Cedar", "Writ.Ledger", "Writ.Identity", "Writ.Client", "Writ.Governance"];

    /// <summary>What one of them may take all the same, and why is in docs/dependencies.md.</summary>
    private static readonly IReadOnlyDictionary<string, string[]> Excepted = new Dictionary<string, string[]> { ["Writ.Governance"] = ["YamlDotNet"] };

    /// <summary>References only what the table allows, and only projects under src/.</summary>
    public static IEnumerable<string> OnlyAllowedProjects(string project, XDocument file)
    {
        if (!Allowed.TryGetValue(project, out var allowed))
        {
            yield return $"{project} is not in the table of rooms";
            yield break;
        }

        foreach (var path in Items(file, "ProjectReference"))
        {
            var name = Path.GetFileNameWithoutExtension(path);
            if (path != $"../{name}/{name}.csproj")
                yield return $"{project} references {path}: only ../Room/Room.csproj is within src/";
            else if (!allowed.Contains(name))
                yield return $"{project} may not depend on {name}";
        }

        foreach (var path in Items(file, "Compile").Where(path => path.Contains("..", StringComparison.Ordinal)))
            yield return $"{project} compiles {path} of another folder";
    }

    /// <summary>The core rooms reference no package and no framework beyond the runtime.</summary>
    public static IEnumerable<string> NoPackageInTheCore(string project, XDocument file) =>
        WithoutPackages.Contains(project)
            ? Items(file, "PackageReference").Concat(Items(file, "FrameworkReference"))
                .Where(package => !Excepted.GetValueOrDefault(project, []).Contains(package))
                .Select(package => $"{project} may not take {package}")
            : [];

    /// <summary>Versions stand in Directory.Packages.props, exact.</summary>
    public static IEnumerable<string> VersionsAreCentral(string project, XDocument file) =>
        file.Descendants("PackageReference")
            .Where(package => package.Attribute("Version") is not null || package.Attribute("VersionOverride") is not null || package.Element("Version") is not null)
            .Select(package => $"{project} names a version of {package.Attribute("Include")?.Value}");

    private static IEnumerable<string> Items(XDocument file, string kind) =>
        file.Descendants(kind).Select(item => item.Attribute("Include")?.Value.Replace('\\', '/')).OfType<string>();
}

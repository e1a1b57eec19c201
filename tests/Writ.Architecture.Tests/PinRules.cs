using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Writ.Architecture.Tests;

/// <summary>Every dependency has one exact version, a digest, and a line that says why it is there.</summary>
internal static partial class PinRules
{
    private static readonly string[] Kinds = ["dependencies", "devDependencies", "optionalDependencies"];

    public static IEnumerable<string> ExactVersions(XDocument central) =>
        from package in central.Descendants("PackageVersion")
        let version = package.Attribute("Version")?.Value ?? ""
        where !Exact().IsMatch(version)
        select $"{package.Attribute("Include")?.Value} '{version}' is not an exact version";

    public static IEnumerable<string> ExactVersions(JsonNode manifest) =>
        from kind in Kinds
        from package in manifest[kind]?.AsObject() ?? []
        where !Exact().IsMatch((string?)package.Value ?? "")
        select $"{package.Key} '{package.Value}' is not an exact version";

    /// <summary>Each package of an npm lock has an integrity digest and names no registry.</summary>
    public static IEnumerable<string> LockedByDigest(JsonNode npmLock) =>
        from package in npmLock["packages"]!.AsObject()
        where package.Key.Length > 0
        from fault in new[]
        {
            package.Value!["resolved"] is null ? null : "names the registry it came from",
            ((string?)package.Value["integrity"])?.StartsWith("sha512-", StringComparison.Ordinal) == true ? null : "has no sha512 digest",
        }
        where fault is not null
        select $"{package.Key} {fault}";

    /// <summary>Packages that a text does not mention in a code span.</summary>
    public static IEnumerable<string> Explained(IEnumerable<string> packages, string text) =>
        packages.Where(package => !text.Contains($"`{package}`", StringComparison.Ordinal)).Select(package => $"{package} has no line");

    [GeneratedRegex(@"^\d+\.\d+\.\d+(\.\d+)?([-+][\w.]+)?$")]
    private static partial Regex Exact();
}

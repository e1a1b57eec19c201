using System.Collections.Immutable;
using System.Text.Json;
using Writ.Governance.Policies;
using Writ.Governance.Policies.Testing;
using Writ.Governance.Records;
using Writ.Governance.Registry;
using Writ.Governance.Tools;
using Writ.Testing;

namespace Writ.Governance.Tests.Policies.Proofs;

/// <summary>The ten packs, their tools, and the questions about them.</summary>
internal static class ProofPacks
{
    private static readonly string Folder = Path.Combine(Repository.Root, "samples", "policies");

    private static readonly Dictionary<string, string> Slugs = new()
    {
        ["brand-rules"] = "publishing",
        ["data-protection"] = "customer-data",
        ["database"] = "database",
        ["infrastructure-gate"] = "infrastructure",
        ["money-limits"] = "commerce",
        ["outbound-mail"] = "mail",
        ["payments"] = "payments",
        ["shell-and-files"] = "workstation",
        ["source-control"] = "git",
        ["support-desk"] = "support-desk",
    };

    public static IEnumerable<(string Pack, string Expected, string Text)> Questions()
    {
        var pack = "";
        foreach (var line in File.ReadLines(Path.Combine(Repository.Root, "tests", "Writ.Governance.Tests", "Policies", "Proofs", "questions.txt")))
        {
            if (line.StartsWith('['))
                pack = line.Trim('[', ']');
            else if (line.Length > 0 && !line.StartsWith('#'))
                yield return (pack, line[..line.IndexOf('|', StringComparison.Ordinal)].Trim(), line[(line.IndexOf('|', StringComparison.Ordinal) + 1)..].Trim());
        }
    }

    public static BundleArchive Bundle(string pack) =>
        Assert.IsType<BundleReading.Read>(BundleFolder.Read(Path.Combine(Folder, pack))).Archive;

    public static OrganizationState Tools(string pack) =>
        Assert.IsType<TrialWorldMaking.Made>(TrialWorld.Make([], [Server(pack)], TimeProvider.System)).World.State;

    public static TrialServer Server(string pack)
    {
        var (tools, classes) = pack == "support-desk"
            ? (Path.Combine(Repository.Root, "samples", "SupportDesk", "tools.json"), Path.Combine(Repository.Root, "samples", "SupportDesk", "tool-classes.json"))
            : (Path.Combine(Folder, pack, "tests", "tools.json"), Path.Combine(Folder, pack, "tests", "classes.json"));
        using var document = JsonDocument.Parse(File.ReadAllText(tools));
        var list = document.RootElement.ValueKind == JsonValueKind.Array ? document.RootElement : document.RootElement.GetProperty("tools");
        return new TrialServer(
            ServerSlug.Parse(Slugs[pack]),
            [.. list.EnumerateArray().Select(tool => tool.Clone())],
            JsonSerializer.Deserialize<Dictionary<string, ToolClassification>>(File.ReadAllText(classes), StrictJson.Options)!.ToImmutableSortedDictionary(StringComparer.Ordinal));
    }
}

using System.Text.Json;
using Writ.Cedar.Values;
using Writ.Governance.Decisions;
using Writ.Governance.NamedFacts;
using Writ.Governance.NamedFacts.Detectors;
using Writ.Governance.Policies;

namespace Writ.Governance.Tests.NamedFacts;

/// <summary>Bundles that declare facts, and detectors called alone.</summary>
internal static class FactWorld
{
    public static BundleArchive Bundle(string facts, string policy, string name = "test") => new(
        new BundleManifest { Name = name, Version = "1", Tier = BundleTier.Soft }, [new BundleFile(FactFile.Name, facts), new BundleFile("test.cedar", policy)]);

    public static async Task<World> WithAsync(string facts, string policy)
    {
        var world = await World.WithAsync("");
        var archive = Bundle(facts, policy);
        Assert.Empty(BundlePublication.Problems(world.State, archive));
        await world.TakeAsync([.. BundlePublication.Plan(archive).Actions]);
        return world;
    }

    public static async Task<Outcome> OutcomeAsync(World world, string tool, string arguments) =>
        (await world.CallAsync(tool, arguments)).Outcome;

    /// <summary>What a detector says of one JSON value; null where it is unavailable.</summary>
    public static string? Detect(string detector, string json, params string[] roots)
    {
        using var document = JsonDocument.Parse(json);
        var value = DetectorKinds.Detect(detector, new DetectorInput([document.RootElement], [.. roots]));
        return value is PoisonValue ? null : value.ToString();
    }

    /// <summary>The same of one text.</summary>
    public static string? DetectText(string detector, string text, params string[] roots) => Detect(detector, JsonSerializer.Serialize(text), roots);
}

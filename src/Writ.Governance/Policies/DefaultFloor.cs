using System.Collections.Immutable;
using System.Text.Json;
using Writ.Governance.Controls;
using Writ.Governance.Records;

namespace Writ.Governance.Policies;

/// <summary>
/// The floor that an organization begins with: what holds for every agent by its trust and its ring, whatever else people permit.
/// A bundle like any other, so that to replace it takes what to replace any bundle takes.
/// </summary>
public static class DefaultFloor
{
    /// <summary>The bundle, as this binary brings it. Immutable.</summary>
    public static BundleArchive Archive { get; } = new(
        JsonSerializer.Deserialize<BundleManifest>(Text("floor/bundle.json"), StrictJson.Options)!,
        ImmutableArray.Create(new BundleFile("floor.cedar", Text("floor/floor.cedar"))));

    /// <summary>The control actions that make it active in an organization that is just being made.</summary>
    public static IEnumerable<ControlAction> Begin() =>
    [
        .. BundlePublication.Parts(Archive),
        new BundlePublished(Archive.Manifest.Name, Archive.Manifest.Version, Archive.Digest.ToHex()),
    ];

    private static string Text(string name)
    {
        using var stream = typeof(DefaultFloor).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"{name} is not part of this binary");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}

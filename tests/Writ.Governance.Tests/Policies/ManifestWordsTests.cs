using Writ.Governance.Policies;

namespace Writ.Governance.Tests.Policies;

public sealed class ManifestWordsTests
{
    [Fact]
    public void Rationale_changelog_and_owners_are_part_of_the_bundle_and_change_its_digest()
    {
        var bundle = World.Bundle(World.PermitAll);
        var explained = With(bundle, manifest => manifest with { Rationale = "the desk needs it", Changelog = "first\nsecond", Owners = ["support"] });
        Assert.Empty(BundlePublication.Problems(explained));
        Assert.NotEqual(bundle.Digest, explained.Digest);
    }

    [Theory]
    [InlineData("\u001b[2J")]
    [InlineData(null)]
    public void Text_for_people_is_bounded_and_plain(string? text)
    {
        text ??= new string('x', 4_001);
        foreach (var changed in new Func<BundleManifest, BundleManifest>[] { m => m with { Rationale = text }, m => m with { Changelog = text }, m => m with { Description = text }, m => m with { Owners = [text] } })
            Assert.Equal("bundle.json", Assert.Single(BundlePublication.Problems(With(World.Bundle(World.PermitAll), changed))).File);
    }

    private static BundleArchive With(BundleArchive bundle, Func<BundleManifest, BundleManifest> change) => bundle with { Manifest = change(bundle.Manifest) };
}

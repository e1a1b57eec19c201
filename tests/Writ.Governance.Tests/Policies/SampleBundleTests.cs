using Writ.Governance.Policies;
using Writ.Testing;

namespace Writ.Governance.Tests.Policies;

public sealed class SampleBundleTests
{
    [Theory]
    [InlineData("read-only")]
    [InlineData("approve-high-risk")]
    [InlineData("support-desk")]
    public void A_sample_bundle_has_no_problem(string name)
    {
        var reading = Assert.IsType<BundleReading.Read>(BundleFolder.Read(Path.Combine(Repository.Root, "samples", "policies", name)));
        Assert.Empty(BundlePublication.Problems(reading.Archive));
    }

    [Theory]
    [InlineData("@discharge(\"aproval\") forbid (principal, action, resource);", "unknown discharge")]
    [InlineData("@dischrage(\"approval\") forbid (principal, action, resource);", "unknown annotation")]
    [InlineData("@discharge(\"constraint\") @constraint(\"argument_clamp n <= 9007199254740993\") forbid (principal, action, resource);", "15 digits")]
    [InlineData("permit (principal, action, resource) when { context.claimed has purpose };", "context.claimed")]
    [InlineData("permit (principal, action, resource) when { (if true then context else context).claimed has purpose };", "as a whole")]
    public void T02_a_misspelt_policy_is_a_problem(string policy, string says) =>
        Assert.Contains(BundlePublication.Problems(World.Bundle(policy)), p => p.Message.Contains(says, StringComparison.Ordinal));

    [Fact]
    public void A_discharge_in_a_hard_bundle_is_a_problem() =>
        Assert.NotEmpty(BundlePublication.Problems(World.Bundle(
            "@discharge(\"approval\") @approvers(\"capability/app\") forbid (principal, action, resource);", BundleTier.Hard)));
}

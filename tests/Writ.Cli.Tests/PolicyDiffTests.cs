using Writ.Testing;

namespace Writ.Cli.Tests;

public sealed class PolicyDiffTests : IDisposable
{
    private static readonly string Payments = Repository.PathOf("samples", "policies", "payments");
    private readonly string _folder = Directory.CreateTempSubdirectory("writ-policy-diff-").FullName;

    [Fact]
    public async Task A_bundle_does_not_differ_from_itself()
    {
        var run = await CliRun.OfAsync("policy", "diff", Payments, Payments);
        Assert.Equal((0, ""), (run.Exit, run.Error));
        Assert.Contains(" 0 with another outcome", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("500.00", "500.01", true)]
    [InlineData("500.00", "499.99", false)]
    public async Task A_threshold_moved_by_a_cent_is_told_as_looser_or_not(string from, string to, bool looser)
    {
        foreach (var file in new[] { "bundle.json", "payments.cedar" })
            File.WriteAllText(Path.Combine(_folder, file), File.ReadAllText(Path.Combine(Payments, file)).Replace($"greaterThan(decimal(\"{from}\"))", $"greaterThan(decimal(\"{to}\"))", StringComparison.Ordinal));
        var run = await CliRun.OfAsync("policy", "diff", Payments, _folder, "--json");
        Assert.Equal(1, run.Exit);
        var pair = Assert.Single(run.Json.GetProperty("pairs").EnumerateArray());
        Assert.Equal(looser ? "REQUIRE_APPROVAL" : "ALLOW_WITH_CONSTRAINTS", pair.GetProperty("before").GetString());
        Assert.Equal(looser, run.Json.GetProperty("loosened").GetInt64() > 0);
        Assert.Equal(3, pair.GetProperty("examples").GetArrayLength());
    }

    [Fact]
    public async Task Mistakes_in_what_is_asked_are_bad_input()
    {
        Assert.Equal(2, (await CliRun.OfAsync("policy", "diff", Payments, Path.Combine(_folder, "none"))).Exit);
        Assert.Equal(2, (await CliRun.OfAsync("policy", "diff", Payments, Payments, "--examples", "101")).Exit);
        Assert.Equal(2, (await CliRun.OfAsync("policy", "diff", Payments, Payments, "--traces", "runs.jsonl")).Exit);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}

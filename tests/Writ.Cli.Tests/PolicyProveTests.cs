using Writ.Testing;

namespace Writ.Cli.Tests;

public sealed class PolicyProveTests
{
    private static readonly string Payments = Repository.PathOf("samples", "policies", "payments");

    [Fact]
    public async Task What_is_proved_ends_with_0_and_what_is_refuted_with_1_and_a_call()
    {
        var proved = await CliRun.OfAsync("policy", "prove", Payments, "--question", "never tool/payments/add_payee without approval");
        Assert.True(proved.Exit == 0, proved.Output + proved.Error);
        Assert.Contains("proved", proved.Output, StringComparison.Ordinal);

        var refuted = await CliRun.OfAsync("policy", "prove", Payments, "--question", "never tool/payments/pay without approval");
        Assert.Equal(1, refuted.Exit);
        Assert.Contains("refuted", refuted.Output, StringComparison.Ordinal);
        Assert.Contains("ALLOW_WITH_CONSTRAINTS", refuted.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_bundle_is_not_looser_than_itself_and_looser_than_one_that_permits_less()
    {
        Assert.Equal(0, (await CliRun.OfAsync("policy", "prove", Payments, "--not-looser-than", Payments)).Exit);
        var run = await CliRun.OfAsync("policy", "prove", Payments, "--not-looser-than", Repository.PathOf("samples", "policies", "read-only"), "--json");
        Assert.Equal(1, run.Exit);
        Assert.Contains("\"refuted\"", run.Output, StringComparison.Ordinal);
        Assert.Contains("\"before\": \"DENY\"", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_no_question_is_bad_input()
    {
        Assert.Equal(2, (await CliRun.OfAsync("policy", "prove", Payments, "--question", "always tool/payments/pay")).Exit);
        Assert.Equal(2, (await CliRun.OfAsync("policy", "prove", Payments)).Exit);
    }
}

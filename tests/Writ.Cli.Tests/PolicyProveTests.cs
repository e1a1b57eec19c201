using Writ.Cedar.Analysis.Smt;
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
    public async Task What_case_analysis_leaves_open_is_left_to_a_solver_and_written_for_any_other()
    {
        if (SmtSolver.Find() is null)
            Assert.Skip("neither z3 nor cvc5 is installed");
        using var file = new TemporaryFile("");
        string[] question = ["policy", "prove", Repository.PathOf("samples", "policies", "support-desk"), "--question", "never tool/support-desk/search_orders when args.limit + args.limit == 7"];
        var alone = await CliRun.OfAsync([.. question, "--no-solver", "--smt", file.Path]);
        Assert.Equal(1, alone.Exit);
        Assert.StartsWith("unknown", alone.Output, StringComparison.Ordinal);
        Assert.Contains("(check-sat)", await File.ReadAllTextAsync(file.Path, TestContext.Current.CancellationToken), StringComparison.Ordinal);

        var asked = await CliRun.OfAsync(question);
        Assert.Equal(0, asked.Exit);
        Assert.StartsWith("proved", asked.Output, StringComparison.Ordinal);

        Assert.Equal(2, (await CliRun.OfAsync([.. question, "--smt", Path.Combine(file.Path, "no-such-folder")])).Exit);
    }

    [Fact]
    public async Task What_is_no_question_is_bad_input()
    {
        Assert.Equal(2, (await CliRun.OfAsync("policy", "prove", Payments, "--question", "always tool/payments/pay")).Exit);
        Assert.Equal(2, (await CliRun.OfAsync("policy", "prove", Payments)).Exit);
    }
}

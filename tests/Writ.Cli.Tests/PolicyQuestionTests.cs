using Writ.Testing;

namespace Writ.Cli.Tests;

public sealed class PolicyQuestionTests
{
    private static readonly string Bundle = Repository.PathOf("samples", "policies", "support-desk");

    private const string Known = "facts: { looked_up: { order: { account_value: 20, created: 2025-12-30T00:00:00Z } } }\n";

    [Theory]
    [InlineData("49.99", 0, "ALLOW")]
    [InlineData("50.01", 1, "REQUIRE_APPROVAL")]
    [InlineData("1000.01", 1, "DENY")]
    public async Task A_folder_answers_what_it_would_decide(string amount, int exit, string outcome)
    {
        foreach (var verb in new[] { "explain", "simulate" })
        {
            using var request = new TemporaryFile($"action: support-desk/refund_order\nargs: {{ order_id: NW-1007, amount: {amount}, reason: leaks }}\n" + Known);
            var run = await CliRun.OfAsync("policy", verb, "--bundle", Bundle, "--request", request.Path, "--json");
            Assert.Equal((exit, outcome), (run.Exit, run.Json.GetProperty("outcome").GetString()));
        }
    }

    [Fact]
    public async Task People_see_the_clause_and_what_would_change_it()
    {
        using var request = new TemporaryFile("action: support-desk/refund_order\nargs: { order_id: NW-1007, amount: 60, reason: leaks }\n" + Known);
        var run = await CliRun.OfAsync("policy", "explain", "--bundle", Bundle, "--request", request.Path);
        Assert.Contains("to be free of it: context.args.amount would have to be at most decimal(\"50.00\")", run.Output, StringComparison.Ordinal);
        Assert.Contains("amount: 60 -> 50: ALLOW", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("action: support-desk/refund_order\nargz: {}\n", "unknown key 'argz'")]
    [InlineData("action: refund_order\n", "is not server/tool")]
    [InlineData("", "the file is empty")]
    public async Task T02_a_mistake_in_a_request_is_an_error_with_its_place(string text, string says)
    {
        using var request = new TemporaryFile(text);
        var run = await CliRun.OfAsync("policy", "explain", "--bundle", Bundle, "--request", request.Path);
        Assert.Equal(2, run.Exit);
        Assert.Contains(says, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_question_is_asked_of_a_server_or_of_a_folder()
    {
        Assert.Equal(2, (await CliRun.OfAsync("policy", "explain", "--bundle", Bundle)).Exit);
        Assert.Equal(2, (await CliRun.OfAsync("policy", "explain", "agent", "a/b", "--bundle", Bundle, "--request", "x.yaml")).Exit);
        Assert.Equal(2, (await CliRun.OfAsync("policy", "explain", "agent")).Exit);
    }
}

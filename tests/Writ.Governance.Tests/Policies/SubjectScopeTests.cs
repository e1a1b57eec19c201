using System.Text.Json;
using Writ.Governance.Decisions;
using Writ.Governance.Policies.Constraints;

namespace Writ.Governance.Tests.Policies;

/// <summary>Calls that are about the user acted for, and rules that ask whether that user is really there.</summary>
public sealed class SubjectScopeTests
{
    private const string Scope = """

        @discharge("constraint") @constraint("subject_scope customer.id filter owner")
        forbid (principal, action == Writ::Action::"tool/desk/any", resource);
        """;

    private const string Fresh = """

        @id("fresh") @discharge("approval") @by("user") @max_age("5m") forbid (principal, action == Writ::Action::"tool/desk/any", resource);
        """;

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"customer":{"id":"somebody-else"}}""")]
    [InlineData("""{"customer":{"id":7}}""")]
    [InlineData("""{"customer":{"id":"user-1"}}""")]
    public async Task The_argument_is_the_user_whatever_the_agent_wrote(string arguments)
    {
        using var world = await World.WithAsync(World.PermitAll + Scope);
        var permitted = Assert.IsType<Decision.Permitted>(await world.Governor.DecideAsync(await RequestAsync(world, arguments, "user-1")));
        Assert.Equal("user-1", permitted.Arguments.Value.GetProperty("customer").GetProperty("id").GetString());
        Assert.Equal(["owner"], permitted.Constraints.SubjectFields);
    }

    [Fact]
    public async Task T76_a_user_that_only_the_agent_names_is_nobody()
    {
        using var world = await World.WithAsync(World.PermitAll + Scope);
        var claimed = await world.CallAsync("any", """{"customer":{"id":"user-1"}}""", new Claims(null, "user-1", null));
        Assert.Equal("WRIT1043", Assert.IsType<Decision.Denied>(claimed).Refusal.Reason.Code);
        Assert.Equal(0, world.Dispatches.Count);
    }

    [Fact]
    public async Task The_changed_call_is_decided_again()
    {
        using var world = await World.WithAsync(World.PermitAll + Scope + """

            @id("blocked") forbid (principal, action, resource) when { context.args has customer.id && context.args.customer.id == "user-2" };
            """);
        Assert.IsType<Decision.Permitted>(await world.Governor.DecideAsync(await RequestAsync(world, """{"customer":{"id":"user-1"}}""", "user-1")));
        var denied = Assert.IsType<Decision.Denied>(await world.Governor.DecideAsync(await RequestAsync(world, """{"customer":{"id":"user-1"}}""", "user-2")));
        Assert.Equal("WRIT1002", denied.Refusal.Reason.Code);
    }

    [Theory]
    [InlineData("argument_clamp customer.id <= 5")]
    [InlineData("subject_scope customer")]
    [InlineData("allowed_values customer.id in user-9")]
    public async Task Another_limit_on_the_same_argument_denies_and_never_wins(string other)
    {
        using var world = await World.WithAsync(World.PermitAll + Scope + $"@discharge(\"constraint\") @constraint(\"{other}\") forbid (principal, action, resource);");
        var decision = await world.Governor.DecideAsync(await RequestAsync(world, """{"customer":{"id":"user-9"}}""", "user-1"));
        Assert.IsType<Decision.Denied>(decision);
    }

    [Theory]
    [InlineData("subject_scope")]
    [InlineData("subject_scope a b")]
    [InlineData("subject_scope a filter")]
    [InlineData("subject_scope a filter b c")]
    [InlineData("subject_scope a..b")]
    public void T02_a_scope_that_is_not_understood_is_refused(string text)
    {
        Assert.Null(ConstraintParser.Parse(text, out var error));
        Assert.Contains("expected", error, StringComparison.Ordinal);
        Assert.Equal("subject_scope a.b filter c", ConstraintParser.Parse("subject_scope  a.b filter c", out _)!.ToString());
    }

    [Fact]
    public async Task A_rule_that_asks_for_the_user_denies_where_nobody_can_attest_that_and_opens_no_request()
    {
        using var world = await World.WithAsync(World.PermitAll + Fresh);
        foreach (var request in new[] { await RequestAsync(world, "{}", null), await RequestAsync(world, """{"user_authenticated_at":"2026-01-01T00:00:00Z"}""", "user-1") })
            Assert.Equal("WRIT4022", Assert.IsType<Decision.Denied>(await world.Governor.DecideAsync(request)).Refusal.Reason.Code);
        Assert.Empty(world.Board.Pending(World.Organization));
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(300, true)]
    [InlineData(301, false)]
    [InlineData(-30, true)]
    [InlineData(-31, false)]
    public async Task An_asserted_authentication_counts_as_long_as_the_rule_says(int age, bool runs)
    {
        using var world = await World.WithAsync(World.PermitAll + Fresh);
        var request = await RequestAsync(world, "{}", "user-1");
        var at = request.Facts.Time.AddSeconds(-age).ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal(runs, await world.Governor.DecideAsync(Asserting(request, $"\"{at}\"")) is Decision.Permitted);
        Assert.IsType<Decision.Denied>(await world.Governor.DecideAsync(Asserting(await RequestAsync(world, "{}", null), $"\"{at}\"")));
        foreach (var wrong in new[] { "1", "null", "\"\"", $"\"{at[..^1]}\"", $"\"{at[..^1]}+00:00\"", $"[\"{at}\"]" })
            Assert.IsType<Decision.Denied>(await world.Governor.DecideAsync(Asserting(await RequestAsync(world, "{}", "user-1"), wrong)));
    }

    [Fact]
    public async Task The_user_lifts_no_rule_that_asks_for_people_and_people_none_that_asks_for_the_user()
    {
        using var world = await World.WithAsync(World.PermitAll + Fresh + "@discharge(\"approval\") @approvers(\"capability/app\") forbid (principal, action, resource);");
        var request = await RequestAsync(world, "{}", "user-1");
        var now = $"\"{request.Facts.Time.UtcDateTime:yyyy-MM-ddTHH:mm:ss}Z\"";
        var held = Assert.IsType<Decision.Held>(await world.Governor.DecideAsync(Asserting(request, now)));
        Assert.Null(await world.AnswerAsync("pat", held.Approval));
        Assert.IsType<Decision.Denied>(await world.Governor.DecideAsync(await RequestAsync(world, "{}", "user-1")));
        Assert.IsType<Decision.Permitted>(await world.Governor.DecideAsync(Asserting(await RequestAsync(world, "{}", "user-1"), now)));
    }

    [Theory]
    [InlineData("@by(\"user\")")]
    [InlineData("@by(\"user\") @max_age(\"0m\")")]
    [InlineData("@by(\"user\") @max_age(\"2d\")")]
    [InlineData("@by(\"agent\") @max_age(\"5m\")")]
    [InlineData("@max_age(\"5m\") @approvers(\"capability/app\")")]
    [InlineData("@by(\"user\") @max_age(\"5m\") @approvers(\"capability/app\")")]
    [InlineData("@by(\"user\") @max_age(\"5m\") @quorum(\"2\")")]
    public void T02_an_ask_for_the_user_that_is_not_understood_is_an_error(string annotations)
    {
        var problems = Governance.Policies.BundlePublication.Problems(World.Bundle($"@discharge(\"approval\") {annotations} forbid (principal, action, resource);"));
        Assert.NotEmpty(problems);
        Assert.Empty(Governance.Policies.BundlePublication.Problems(World.Bundle("@discharge(\"approval\") @by(\"user\") @max_age(\"5m\") forbid (principal, action, resource);")));
    }

    private static async Task<ActionRequest> RequestAsync(World world, string arguments, string? user)
    {
        var request = await world.RequestAsync("any", arguments);
        return user is null ? request : request with { Facts = request.Facts with { Task = request.Facts.Task with { User = new Attested<string>(user, "person/ada") } } };
    }

    private static ActionRequest Asserting(ActionRequest request, string at) =>
        request with { Facts = request.Facts with { Asserted = JsonElement.Parse($$$"""{"user_authenticated_at":{{{at}}}}""") } };
}

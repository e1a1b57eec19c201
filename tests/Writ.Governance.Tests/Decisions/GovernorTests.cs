using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Writ.Governance.Controls;
using Writ.Governance.Decisions;
using Writ.Governance.People;
using Writ.Governance.Records;

namespace Writ.Governance.Tests.Decisions;

public sealed class GovernorTests
{
    private const string Approval = """

        @id("ask") @discharge("approval") @approvers("capability/app") @timeout("1h")
        forbid (principal, action == Writ::Action::"tool/desk/pay", resource);
        """;

    [Fact]
    public async Task Law_1_a_decision_that_cannot_be_recorded_is_a_refusal_and_owes_nothing()
    {
        using var world = await World.WithAsync(World.PermitAll);
        await world.CallAsync("look");
        world.DecisionLog.IsFull = true;
        foreach (var tool in new[] { "look", "unknown" })
            Assert.Equal("WRIT2000", Assert.IsType<Decision.Denied>(await world.CallAsync(tool)).Refusal.Reason.Code);
        Assert.Equal(1, world.Dispatches.Count);
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(false, false)]
    public async Task An_approval_comes_back_only_when_its_use_was_certainly_not_recorded(bool certain, bool usable)
    {
        using var world = await World.WithAsync(World.PermitAll + Approval);
        var held = Assert.IsType<Decision.Held>(await world.CallAsync("pay", """{"amount":5}"""));
        Assert.Null(await world.AnswerAsync("pat", held.Approval));
        world.DecisionLog.Fault = record => record.GetProperty("kind").ValueEquals("decision") ? new RecordReceipt(0, "flush", certain) : null;
        Assert.IsType<Decision.Denied>(await world.CallAsync("pay", """{"amount":5}"""));
        world.DecisionLog.Fault = null;
        Assert.Equal(usable, await world.CallAsync("pay", """{"amount":5}""") is Decision.Permitted);
    }

    [Fact]
    public async Task A_hold_that_could_not_be_recorded_leaves_no_request()
    {
        using var world = await World.WithAsync(World.PermitAll + Approval);
        await world.CallAsync("look");
        world.DecisionLog.IsFull = true;
        Assert.IsType<Decision.Denied>(await world.CallAsync("pay", """{"amount":5}"""));
        Assert.Empty(world.Board.Pending(World.Organization));
    }

    [Fact]
    public async Task Every_decision_leaves_exactly_one_record_whatever_it_says()
    {
        using var world = await World.WithAsync(World.PermitAll + Approval + """

            @discharge("constraint") @constraint("timeout 5s") forbid (principal, action == Writ::Action::"tool/desk/note", resource);
            @discharge("remediation") @remedy("note(text = 'wiped')") forbid (principal, action == Writ::Action::"tool/desk/wipe", resource);
            """);
        var decisions = new List<Decision>();
        foreach (var (tool, arguments) in new[] { ("look", "{}"), ("note", """{"text":"a"}"""), ("pay", """{"amount":5}"""), ("pay", """{"amount":5}"""), ("wipe", "{}"), ("none", "{}"), ("pay", "{}") })
            decisions.Add(await world.CallAsync(tool, arguments));
        Assert.Equal(
            ["ALLOW", "ALLOW_WITH_CONSTRAINTS", "REQUIRE_APPROVAL", "REQUIRE_APPROVAL", "REMEDIATE", "DENY", "DENY"],
            decisions.Select(d => d.Outcome.Word()));
        Assert.Equal(
            decisions.Select(d => (d.Id.ToString(), d.Outcome.Word())),
            world.DecisionLog.Of("decision").Select(r => (r.GetProperty("id").GetString()!, r.GetProperty("outcome").GetString()!)));
    }

    [Fact]
    public async Task A_refusal_tells_the_agent_no_rule_no_threshold_and_no_approver()
    {
        using var world = await World.WithAsync(World.PermitAll + Approval.Replace("@timeout", "@reason(\"secret threshold 50\") @timeout", StringComparison.Ordinal) + """

            @id("secret-rule") @reason("secret threshold 70") forbid (principal, action == Writ::Action::"tool/desk/wipe", resource);
            """);
        foreach (var decision in new[] { await world.CallAsync("pay", """{"amount":5}"""), await world.CallAsync("wipe"), await world.CallAsync("nothing") })
        {
            var refusal = decision switch { Decision.Held held => held.Refusal, Decision.Denied denied => denied.Refusal, _ => throw new InvalidOperationException() };
            var seen = JsonSerializer.Serialize(refusal);
            Assert.All(["secret", "50", "70", "capability", "ask", "rule"], word => Assert.DoesNotContain(word, seen.Replace(refusal.EscalationToken!, "", StringComparison.Ordinal), StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task A_decision_by_more_rules_than_a_record_holds_is_recorded_with_how_many_are_left_out()
    {
        var many = string.Concat(Enumerable.Range(0, 2_000).Select(i => $"@id(\"a-permit-with-a-long-name-{i}\") permit (principal, action, resource);\n"));
        using var world = await World.WithAsync(many);
        Assert.IsType<Decision.Permitted>(await world.CallAsync("look"));
        var record = Assert.Single(world.DecisionLog.Of("decision"));
        Assert.Equal(2_000, record.GetProperty("rules").GetArrayLength() + record.GetProperty("rules_omitted").GetInt32());
    }

    [Fact]
    public async Task A_permit_with_more_limits_than_a_record_holds_is_a_refusal_that_is_recorded()
    {
        var values = string.Join(", ", Enumerable.Range(0, 60).Select(i => new string('v', 110) + i));
        var many = string.Concat(Enumerable.Range(0, 20).Select(i => $"@discharge(\"constraint\") @constraint(\"redact_fields {values.Replace("v", ((char)('a' + i)).ToString(), StringComparison.Ordinal)}\") forbid (principal, action, resource);\n"));
        using var world = await World.WithAsync(World.PermitAll + many);
        Assert.Equal("WRIT1008", Assert.IsType<Decision.Denied>(await world.CallAsync("look")).Refusal.Reason.Code);
        Assert.Equal("WRIT1008", Assert.Single(world.DecisionLog.Of("decision")).GetProperty("code").GetString());
        Assert.Equal(0, world.Dispatches.Count);
    }

    [Fact]
    public async Task Law_3_no_record_holds_a_word_of_the_agents_and_the_vault_holds_all_of_them()
    {
        using var world = await World.WithAsync(World.PermitAll + Approval + """

            @discharge("constraint") @constraint("argument_clamp n <= 5") forbid (principal, action == Writ::Action::"tool/desk/any", resource) when { context.args has n };
            @discharge("remediation") @remedy("note(text = args.text)") forbid (principal, action == Writ::Action::"tool/desk/wipe", resource);
            forbid (principal, action == Writ::Action::"tool/desk/look", resource) when { context.claimed has purpose };
            """);
        Prop.ForAll(Gen.Elements("any", "wipe", "look", "note", "pay", "MARKERTOOL").ToArbitrary(), Gen.Choose(0, 1_000_000).ToArbitrary(), (tool, n) =>
        {
            var marker = $"MARKER{n}";
            var arguments = $$"""{"text":"{{marker}}","{{marker}}":{"x":["{{marker}}"]},"n":99}""";
            var decision = world.CallAsync(tool, arguments, new Claims(marker, marker, n % 2 == 0 ? marker : null)).GetAwaiter().GetResult();
            if (decision is Decision.Permitted permitted)
                world.Settlement.SettleAsync(permitted.Dispatch, new EffectReport(EffectStatus.Executed, Encoding.UTF8.GetBytes(marker))).AsTask().GetAwaiter().GetResult();
            Assert.All(world.DecisionLog.Records, r => Assert.DoesNotContain("MARKER", r.GetRawText(), StringComparison.Ordinal));
            var payload = world.Archive.OpenPayloadAsync(World.Organization, decision.Id, CancellationToken.None).AsTask().GetAwaiter().GetResult()!.Value;
            Assert.Equal(World.Args(arguments).Value.GetRawText(), payload.GetProperty("arguments").GetRawText());
            Assert.Equal((tool, marker), (payload.GetProperty("tool").GetString(), payload.GetProperty("claims").GetProperty("purpose").GetString()));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(60));
    }

    [Fact]
    public async Task Text_that_is_no_Unicode_is_recorded_as_a_refusal_and_throws_nowhere()
    {
        using var world = await World.WithAsync(World.PermitAll);
        Assert.IsType<Decision.Denied>(await world.CallAsync("a\ud800b", claims: new Claims("\udc00", null, null)));
        Assert.Single(world.DecisionLog.Of("decision"));
    }

    [Fact]
    public async Task T06_a_bundle_published_again_holds_from_the_very_next_decision()
    {
        using var world = await World.WithAsync(World.PermitAll);
        for (var i = 0; i < 5; i++)
        {
            Assert.IsType<Decision.Permitted>(await world.CallAsync("look"));
            await world.PublishAsync("forbid (principal, action in Writ::Action::\"tool/call\", resource);");
            Assert.IsType<Decision.Denied>(await world.CallAsync("look"));
            await world.PublishAsync(World.PermitAll);
        }
    }

    [Fact]
    public async Task T10_a_policy_for_one_agent_is_about_exactly_that_agent()
    {
        using var world = await World.WithAsync("");
        var (other, key) = await world.AddAgentAsync("desk/*");
        await world.PublishAsync($"permit (principal == Writ::Agent::\"{other}\", action, resource);");
        Assert.IsType<Decision.Permitted>(await world.CallAsync("look", key: key));
        Assert.IsType<Decision.Denied>(await world.CallAsync("look"));
    }

    [Fact]
    public async Task T46_no_grants_mean_no_tools_and_T54_nobody_finds_an_agent_unless_somebody_says_so()
    {
        using var world = await World.WithAsync(World.PermitAll);
        var (agent, key) = await world.AddAgentAsync();
        Assert.Equal("WRIT3004", Assert.IsType<Decision.Denied>(await world.CallAsync("look", key: key)).Refusal.Reason.Code);
        Assert.Equal(Governance.Agents.AgentVisibility.Personal, world.State.Agents[agent].Visibility);
    }

    [Fact]
    public async Task A_tool_that_does_not_exist_and_one_that_was_not_given_look_the_same()
    {
        using var world = await World.WithAsync(World.PermitAll);
        var (_, key) = await world.AddAgentAsync("desk/note");
        var (ungranted, unknown) = (await world.CallAsync("look", key: key), await world.CallAsync("nope", key: key));
        Assert.Equal(((Decision.Denied)ungranted).Refusal.Reason, ((Decision.Denied)unknown).Refusal.Reason);
    }

    [Fact]
    public async Task T07_an_argument_named_like_a_fact_changes_nothing()
    {
        using var world = await World.WithAsync("""
            permit (principal, action, resource) when { context.task has purpose && context.task.purpose == "ok" };
            permit (principal, action, resource) when { context has approved };
            permit (principal, action, resource) when { context.assurance == "high" || context.environment == "production" };
            """);
        Assert.IsType<Decision.Denied>(await world.CallAsync(
            "any", """{"task":{"purpose":"ok"},"approved":true,"assurance":"high","environment":"production","context":{"approved":true},"args":{"approved":true}}""",
            new Claims("ok", null, null)));
    }

    [Fact]
    public async Task A_lower_capability_of_a_person_changes_no_decision_of_the_past()
    {
        using var world = await World.WithAsync(World.PermitAll + Approval);
        var held = Assert.IsType<Decision.Held>(await world.CallAsync("pay", """{"amount":5}"""));
        Assert.Null(await world.AnswerAsync("pat", held.Approval));
        await world.TakeAsync(new PersonAdded(PersonId.Parse("pat"), "Pat", []));
        using var next = await world.RestartAsync();
        Assert.IsType<Decision.Permitted>(await next.CallAsync("pay", """{"amount":5}"""));
    }
}

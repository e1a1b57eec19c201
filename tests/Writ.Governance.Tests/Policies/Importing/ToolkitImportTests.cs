using Writ.Cedar.Policies;
using Writ.Governance.Decisions;
using Writ.Governance.Policies;
using Writ.Governance.Policies.Authoring;
using Writ.Governance.Policies.Importing;

namespace Writ.Governance.Tests.Policies.Importing;

/// <summary>What an import of <c>governance.toolkit/v1</c> carries, what it says it does not, and that both decide the same.</summary>
public sealed class ToolkitImportTests
{
    private const string Head = "apiVersion: governance.toolkit/v1\nname: shop\n";

    [Fact]
    public async Task What_deny_overrides_decides_is_decided_here()
    {
        var imported = ToolkitImport.Read("shop.yaml", Head + """
            default_action: allow
            rules:
              - name: no-wiping
                condition: "tool_name == 'wipe'"
                action: deny
                priority: 100
              - name: big-payments
                condition: "tool_name == 'pay' and amount > 500"
                action: require_approval
                approvers: [security]
                priority: 50
              - name: not-to-mallory
                condition: "to == 'mallory or eve'"
                action: deny
                priority: 90
            """);
        Assert.Empty(imported.Problems);
        Assert.True(imported.IsExact, string.Join('\n', imported.Notes));
        var form = PolicyForm.Compile("shop.yaml", imported.Yaml);
        Assert.Empty(form.Problems);

        using var world = await World.WithAsync(form.Cedar);
        Assert.IsType<Decision.Denied>(await world.CallAsync("wipe"));
        Assert.IsType<Decision.Permitted>(await world.CallAsync("look"));
        Assert.IsType<Decision.Permitted>(await world.CallAsync("pay", """{"amount":500}"""));
        Assert.IsType<Decision.Held>(await world.CallAsync("pay", """{"amount":501}"""));
        Assert.IsType<Decision.Denied>(await world.CallAsync("pay", """{"amount":1,"to":"mallory or eve"}"""));
        Assert.IsType<Decision.Permitted>(await world.CallAsync("pay", """{"amount":1,"to":"mallory"}"""));
    }

    [Fact]
    public void T05_a_pair_that_priority_or_order_decides_there_is_a_conflict_with_both_names_and_lines()
    {
        var imported = ToolkitImport.Read("shop.yaml", Head + """
            rules:
              - name: deny-all
                condition: "amount > 5"
                action: deny
                priority: 1
              - name: allow-desk
                condition: "tool_name == 'pay'"
                action: allow
                priority: 9
              - name: allow-look
                condition: "tool_name == 'look'"
                action: allow
                priority: 9
              - name: deny-wipe
                condition: "tool_name == 'wipe'"
                action: deny
                priority: 9
            """);
        var conflicts = imported.Notes.Where(n => n.Kind == ImportNoteKind.Conflict).ToArray();
        Assert.Equal(2, conflicts.Length);
        Assert.All(conflicts, c => Assert.Equal(4, c.Line));
        Assert.Contains(conflicts, c => c.Message.Contains("'allow-desk' (line 8, priority 9, ALLOW) and 'deny-all' (line 4, priority 1, DENY)", StringComparison.Ordinal));
        Assert.False(imported.IsExact);
        Assert.Contains("# CONFLICT, line 4", imported.Yaml, StringComparison.Ordinal);
        Assert.Empty(PolicyForm.Compile("shop.yaml", imported.Yaml).Problems);
    }

    [Theory]
    [InlineData("amount == 5", "never matches")]
    [InlineData("not admin", "never matches")]
    [InlineData("(amount > 5)", "never matches")]
    [InlineData("amount > -5", "never matches")]
    [InlineData("amount = 'x'", "'=='")]
    [InlineData("name matches 'x'", "never matches")]
    [InlineData("tool_name in allowed_tools", "the agent may send itself")]
    [InlineData("user_role == 'admin'", "another name or not at all")]
    [InlineData("order-id == 'x'", "never matches")]
    [InlineData("", "name of a field")]
    public void T01_a_condition_that_is_not_carried_is_said_with_the_rule_and_the_line(string condition, string message)
    {
        var imported = ToolkitImport.Read("shop.yaml", $"{Head}rules:\n  - {{ name: r, condition: \"{condition}\", action: deny }}\n");
        var note = Assert.Single(imported.Notes, n => n.Kind == ImportNoteKind.NotCarried && n.Message.StartsWith("rule 'r'", StringComparison.Ordinal));
        Assert.Contains(message, note.Message, StringComparison.Ordinal);
        Assert.Equal(4, note.Line);

        // A restriction denies until a person has looked, also where everything else is allowed; a permission is left out.
        var restricted = PolicyForm.Compile("shop.yaml", imported.Yaml);
        Assert.Empty(restricted.Problems);
        Assert.True(PolicySet.Parse(restricted.Cedar).TryGet(out var policies, out _));
        var forbid = Assert.Single(policies.Policies, policy => policy.Effect == Effect.Forbid);
        Assert.Equal("tool/call", Assert.Single(forbid.Action.Actions).Id);
        Assert.Equal(["action in Writ::Action::\"tool/call\"", "true"], forbid.Conditions.Select(c => c.Body.ToString()));
        Assert.Equal("", ToolkitImport.Read("shop.yaml", $"{Head}rules:\n  - {{ name: r, condition: \"{condition}\", action: allow }}\n").Yaml);
    }

    [Theory]
    [InlineData("action: require_approval, approvers: [boss@shop.example]", "DENY")]
    [InlineData("action: require_approval", "DENY")]
    [InlineData("action: rate_limit, limit: many", "DENY")]
    [InlineData("action: rate_limit, limit: 100/fortnight", "DENY")]
    [InlineData("action: dney", "DENY")]
    public void T02_a_restriction_that_is_not_carried_denies_and_is_said(string keys, string decision)
    {
        var imported = ToolkitImport.Read("shop.yaml", $"{Head}rules:\n  - {{ name: r, condition: \"tool_name == 'pay'\", {keys} }}\n");
        Assert.Contains(imported.Notes, n => n.Kind == ImportNoteKind.NotCarried);
        Assert.Contains($"decision: {decision}\n", imported.Yaml, StringComparison.Ordinal);
        Assert.Empty(PolicyForm.Compile("shop.yaml", imported.Yaml).Problems);
    }

    [Fact]
    public void A_rate_is_carried_and_an_unknown_key_is_said()
    {
        var imported = ToolkitImport.Read("shop.yaml", $"{Head}agents: ['*']\nrules:\n  - {{ name: r, condition: \"tool_name == 'pay'\", action: rate_limit, limit: 100/hour, stage: 2 }}\n");
        Assert.Equal(2, imported.Notes.Count(n => n.Kind == ImportNoteKind.NotCarried));
        Assert.Contains("@constraint(\"rate 100 per 1h by agent\")", PolicyForm.Compile("shop.yaml", imported.Yaml).Cedar, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("apiVersion: governance.toolkit/v2\nname: a\nrules: []\n")]
    [InlineData("name: a\nrules: []\n")]
    [InlineData("apiVersion: governance.toolkit/v1\nname: a\n")]
    [InlineData("[")]
    public void What_is_no_such_file_is_a_problem_and_nothing_else(string text)
    {
        var imported = ToolkitImport.Read("shop.yaml", text);
        Assert.NotEmpty(imported.Problems);
        Assert.Empty(imported.Yaml);
    }
}

using System.Collections.Immutable;
using Writ.Governance.Policies;
using Writ.Governance.Policies.Authoring;

namespace Writ.Governance.Tests.Policies.Authoring;

/// <summary>The YAML form: what it compiles to, and that nothing in it is ever passed over.</summary>
public sealed class PolicyFormTests
{
    public const string ProdSafetyGate =
        """
        name: prod-safety-gate
        on:
          - action: "infrastructure:mutation"
          - tool: "aws-cli"
        rules:
          - condition: "env == 'production'"
            decision: "REQUIRE_APPROVAL"
            approvers: ["security-team", "platform-lead"]
            evidence_required: true
          - condition: "env == 'staging'"
            decision: "ALLOW_WITH_CONSTRAINTS"
            constraints:
              max_cost: 50.00
              timeout: 300s

        """;

    private const string Rule = "name: gate\non: [{ tool: pay }]\nrules:\n";

    [Fact]
    public void Each_rule_is_a_permit_and_the_forbids_that_its_decision_needs()
    {
        var form = PolicyForm.Compile("prod.yaml", ProdSafetyGate);
        Assert.Empty(form.Problems);
        Assert.Empty(form.Warnings);
        const string On = """when { ["infrastructure:mutation", "infrastructure.mutation"].contains(context.capability) || resource.name == "aws-cli" }""";
        const string Scope = """(principal, action in Writ::Action::"tool/call", resource is Writ::Tool)""";
        Assert.Equal(
            $$"""
            // Compiled from prod.yaml, which is what people edit. This is what decides.

            // from prod.yaml:6:5
            @id("prod-safety-gate/1")
            permit {{Scope}}
            {{On}}
            when { context.environment == "production" };
            @id("prod-safety-gate/1/approval")
            @discharge("approval")
            @approvers("security-team, platform-lead")
            @evidence("required")
            @reason("Rule 1 of prod-safety-gate")
            forbid {{Scope}}
            {{On}}
            when { context.environment == "production" };

            // from prod.yaml:10:5
            @id("prod-safety-gate/2")
            permit {{Scope}}
            {{On}}
            when { context.environment == "staging" };
            @id("prod-safety-gate/2/max_cost")
            @discharge("constraint")
            @constraint("max_cost 50.00")
            @reason("Rule 2 of prod-safety-gate")
            forbid {{Scope}}
            {{On}}
            when { context.environment == "staging" };
            @id("prod-safety-gate/2/timeout")
            @discharge("constraint")
            @constraint("timeout 300s")
            @reason("Rule 2 of prod-safety-gate")
            forbid {{Scope}}
            {{On}}
            when { context.environment == "staging" };

            """,
            form.Cedar);
    }

    [Theory]
    [InlineData("nme: gate\n", 1, 1, "unknown key 'nme'")]
    [InlineData("name: Gate\non: [{ tool: pay }]\nrules: [{ condition: 'true', decision: DENY }]\n", 1, 7, "'name': expected")]
    [InlineData("name: gate\nname: gate\n", 2, 1, "given twice")]
    [InlineData("name: gate\nrules: [{ condition: 'true', decision: DENY }]\n", 1, 1, "'on': expected")]
    [InlineData("name: gate\non: []\nrules: [{ condition: 'true', decision: DENY }]\n", 2, 5, "'on': expected")]
    [InlineData("name: gate\non: [{}]\nrules: [{ condition: 'true', decision: DENY }]\n", 2, 6, "is empty")]
    [InlineData("name: gate\non: [{ tols: pay }]\nrules: [{ condition: 'true', decision: DENY }]\n", 2, 8, "unknown key 'tols'")]
    [InlineData("name: gate\non: [{ effect: mony }]\nrules: [{ condition: 'true', decision: DENY }]\n", 2, 16, "expected one of read")]
    [InlineData("name: gate\non: [{ action: 'effects/money' }]\nrules: [{ condition: 'true', decision: DENY }]\n", 2, 16, "expected a capability")]
    [InlineData("name: gate\non: [{ action: '*' }]\nrules: [{ condition: 'true', decision: DENY }]\n", 2, 16, "expected a capability")]
    [InlineData("name: gate\non: [{ tool: 'a/b/*' }]\nrules: [{ condition: 'true', decision: DENY }]\n", 2, 14, "expected the name of a tool")]
    [InlineData("name: gate\non: [{ tool: pay }]\nrules: []\n", 3, 8, "'rules': expected")]
    [InlineData("name: gate\non: [{ tool: pay }]\nrules: &x []\n", 3, 8, "anchors")]
    [InlineData(Rule + "  - { decision: DENY }\n", 4, 5, "'condition' is missing")]
    [InlineData(Rule + "  - { condition: 'true' }\n", 4, 5, "'decision' is missing")]
    [InlineData(Rule + "  - { condition: 'true', decision: dney }\n", 4, 36, "unknown decision 'dney'")]
    [InlineData(Rule + "  - { condition: 'true', decision: deny }\n", 4, 36, "unknown decision 'deny'")]
    [InlineData(Rule + "  - { conditon: 'true', decision: DENY }\n", 4, 7, "unknown key 'conditon'")]
    [InlineData(Rule + "  - { condition: 'env == 5', decision: DENY }\n", 4, 23, "never")]
    [InlineData(Rule + "  - { condition: env ~ 5, decision: DENY }\n", 4, 22, "no patterns")]
    [InlineData(Rule + "  - { condition: 'true', decision: DENY, approvers: [ada] }\n", 4, 53, "'approvers' means nothing with DENY")]
    [InlineData(Rule + "  - { condition: 'true', decision: ALLOW, constraints: { timeout: 1s } }\n", 4, 56, "'constraints' means nothing with ALLOW")]
    [InlineData(Rule + "  - { condition: 'true', decision: REQUIRE_APPROVAL }\n", 4, 5, "needs 'approvers'")]
    [InlineData(Rule + "  - { condition: 'true', decision: REQUIRE_APPROVAL, approvers: [] }\n", 4, 65, "empty")]
    [InlineData(Rule + "  - { condition: 'true', decision: REQUIRE_APPROVAL, approvers: [Ada Lovelace] }\n", 4, 66, "approver 'Ada Lovelace'")]
    [InlineData(Rule + "  - { condition: 'true', decision: REQUIRE_APPROVAL, approvers: [ada], quorum: 0 }\n", 4, 80, "'quorum'")]
    [InlineData(Rule + "  - { condition: 'true', decision: REQUIRE_APPROVAL, approvers: [ada], evidence_required: 'true' }\n", 4, 91, "expected true or false")]
    [InlineData(Rule + "  - { condition: 'true', decision: REQUIRE_APPROVAL, approvers: [ada], timeout: soon }\n", 4, 5, "@timeout")]
    [InlineData(Rule + "  - { condition: 'true', decision: ALLOW_WITH_CONSTRAINTS }\n", 4, 5, "needs 'constraints'")]
    [InlineData(Rule + "  - { condition: 'true', decision: ALLOW_WITH_CONSTRAINTS, constraints: { max_cots: 5 } }\n", 4, 85, "unknown kind 'max_cots'")]
    [InlineData(Rule + "  - { condition: 'true', decision: ALLOW_WITH_CONSTRAINTS, constraints: { max_cost: much } }\n", 4, 85, "expected 'max_cost")]
    [InlineData(Rule + "  - { condition: 'true', decision: ALLOW_WITH_CONSTRAINTS, constraints: { read_only: false } }\n", 4, 86, "expected 'read_only'")]
    [InlineData(Rule + "  - { condition: 'true', decision: ALLOW_WITH_CONSTRAINTS, constraints: { redact_fields: ['a,b'] } }\n", 4, 90, "without commas")]
    [InlineData(Rule + "  - { condition: 'true', decision: REMEDIATE, remedy: nonsense }\n", 4, 5, "@remedy")]
    [InlineData(Rule + "  - { name: a, condition: 'true', decision: DENY }\n  - { name: a, condition: 'true', decision: DENY }\n", 5, 5, "two rules of the file are named 'a'")]
    [InlineData(Rule + "  - { name: 2, condition: 'true', decision: DENY }\n", 4, 13, "not a number alone")]
    [InlineData("name: [\n", 2, 1, "not YAML")]
    [InlineData("- 1\n", 1, 1, "expected a mapping")]
    public void T02_whatever_the_form_does_not_know_is_an_error_with_its_place(string yaml, int line, int column, string message)
    {
        var form = PolicyForm.Compile("gate.yaml", yaml);
        Assert.Empty(form.Cedar);
        Assert.True(
            form.Problems.Any(p => p.Line == line && p.Column == column && p.Message.Contains(message, StringComparison.Ordinal)),
            string.Join('\n', form.Problems));
    }

    [Theory]
    [InlineData("timeout: 10s", "timeout 10s")]
    [InlineData("read_only: true", "read_only")]
    [InlineData("ring: 2", "ring 2")]
    [InlineData("redact_fields: [email, phone]", "redact_fields email, phone")]
    [InlineData("argument_clamp: { limit: 20 }", "argument_clamp limit <= 20")]
    [InlineData("allowed_values: { region: [eu, us] }", "allowed_values region in eu, us")]
    [InlineData("max_amount: { amount: 500 EUR in currency }", "max_amount amount <= 500 EUR in currency")]
    public void A_constraint_is_the_annotation_of_its_kind(string yaml, string annotation)
    {
        var form = PolicyForm.Compile("gate.yaml", $"{Rule}  - condition: 'true'\n    decision: ALLOW_WITH_CONSTRAINTS\n    constraints: {{ {yaml} }}\n");
        Assert.Empty(form.Problems);
        Assert.Contains($"@constraint(\"{annotation}\")", form.Cedar, StringComparison.Ordinal);
    }

    [Fact]
    public void A_stricter_rule_below_one_that_may_hold_as_well_is_warned_about_and_one_that_excludes_it_is_not()
    {
        static ImmutableArray<PolicyProblem> Warnings(string first, string second) =>
            PolicyForm.Compile("gate.yaml", $"{Rule}  - {first}\n  - {second}\n").Warnings;

        var warning = Assert.Single(Warnings("{ condition: \"env == 'a'\", decision: ALLOW }", "{ condition: 'true', decision: DENY }"));
        Assert.Equal((5, 5), (warning.Line, warning.Column));
        Assert.Empty(Warnings("{ condition: \"env == 'a'\", decision: ALLOW }", "{ condition: \"env in ['b', 'c'] and reversible\", decision: DENY }"));
        Assert.Empty(Warnings("{ condition: 'true', decision: DENY }", "{ condition: 'true', decision: ALLOW }"));
        Assert.Single(Warnings("{ condition: \"env == 'a'\", decision: ALLOW }", "{ condition: \"env in ['a', 'c']\", decision: DENY }"));
    }

    [Fact]
    public void A_folder_with_YAML_holds_the_source_and_the_Cedar_that_decides_and_the_digest_covers_both()
    {
        using var folder = new BundleDirectory(("bundle.json", """{"name":"gate","version":"1","tier":"soft"}"""), ("prod.yaml", ProdSafetyGate));
        var archive = folder.Read();
        Assert.Equal(["prod.yaml", "prod.yaml.cedar"], archive.Files.Select(f => f.Path));
        Assert.Empty(BundlePublication.Problems(archive));

        var other = archive with { Files = [archive.Files[0] with { Text = ProdSafetyGate + "# a remark\n" }, archive.Files[1]] };
        Assert.Empty(BundlePublication.Problems(other));
        Assert.NotEqual(archive.Digest, other.Digest);
    }

    [Fact]
    public void Cedar_that_is_not_what_its_YAML_compiles_to_is_refused()
    {
        using var folder = new BundleDirectory(("bundle.json", """{"name":"gate","version":"1","tier":"soft"}"""), ("prod.yaml", ProdSafetyGate));
        var archive = folder.Read();
        var (yaml, cedar) = (archive.Files[0], archive.Files[1]);
        void Refuses(string message, params ImmutableArray<BundleFile> files) =>
            Assert.Contains(BundlePublication.Problems(archive with { Files = files }), p => p.Message.Contains(message, StringComparison.Ordinal));

        Refuses("not what this file compiles to", yaml, cedar with { Text = cedar.Text.Replace("production", "nowhere", StringComparison.Ordinal) });
        Refuses("not what this file compiles to", yaml);
        Refuses("there is none beside it", cedar);
        Refuses("is there twice", yaml, cedar, cedar with { Text = "permit (principal, action, resource);" });
        Refuses("has the name 'prod-safety-gate' already", yaml, cedar, new BundleFile("two.yaml", yaml.Text), new BundleFile("two.yaml.cedar", PolicyForm.Compile("two.yaml", yaml.Text).Cedar));
        Refuses("unknown decision", yaml with { Text = yaml.Text.Replace("ALLOW_WITH", "ALOW_WITH", StringComparison.Ordinal) }, cedar);
    }

    [Fact]
    public void A_problem_of_the_compiled_Cedar_points_into_the_YAML()
    {
        using var folder = new BundleDirectory(("bundle.json", """{"name":"gate","version":"1","tier":"hard"}"""), ("prod.yaml", ProdSafetyGate));
        var problems = BundlePublication.Problems(folder.Read());
        Assert.All(problems, p => Assert.Equal("prod.yaml", p.File));
        Assert.Contains(problems, p => p is { Line: 6, Column: 5 } && p.Message.Contains("tier 'hard'", StringComparison.Ordinal));
        Assert.Contains(problems, p => p.Line == 10);
    }

    private sealed class BundleDirectory : IDisposable
    {
        private readonly string _path = Directory.CreateTempSubdirectory("writ-form-").FullName;

        public BundleDirectory(params (string Name, string Text)[] files)
        {
            foreach (var (name, text) in files)
                File.WriteAllText(Path.Combine(_path, name), text);
        }

        public BundleArchive Read() => Assert.IsType<BundleReading.Read>(BundleFolder.Read(_path)).Archive;

        public void Dispose() => Directory.Delete(_path, recursive: true);
    }
}

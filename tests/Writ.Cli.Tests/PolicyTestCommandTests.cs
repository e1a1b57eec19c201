using System.Xml.Linq;
using Writ.Testing;

namespace Writ.Cli.Tests;

public sealed class PolicyTestCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("writ-policy-test-").FullName;

    public PolicyTestCommandTests()
    {
        var sample = Repository.PathOf("samples", "policies", "support-desk");
        foreach (var file in Directory.EnumerateFiles(sample, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(_folder, Path.GetRelativePath(sample, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.WriteAllText(target, File.ReadAllText(file).Replace("../../../SupportDesk", Repository.PathOf("samples", "SupportDesk"), StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task The_cases_of_the_sample_pass_and_cover_every_rule()
    {
        var run = await CliRun.OfAsync("policy", "test", _folder, "--covered");
        Assert.Equal((0, ""), (run.Exit, run.Error));
        Assert.Contains(" 0 failed; 15 of 15 rules covered", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("brand-rules")]
    [InlineData("data-protection")]
    [InlineData("database")]
    [InlineData("floor")]
    [InlineData("infrastructure-gate")]
    [InlineData("money-limits")]
    [InlineData("outbound-mail")]
    [InlineData("payments")]
    [InlineData("shell-and-files")]
    [InlineData("source-control")]
    [InlineData("support-desk")]
    public async Task The_cases_of_a_pack_pass_and_cover_every_rule(string pack)
    {
        var run = await CliRun.OfAsync("policy", "test", Repository.PathOf("samples", "policies", pack), "--covered");
        Assert.True(run is { Exit: 0, Error: "" }, run.Output + run.Error);
    }

    [Theory]
    [InlineData("money.cedar", "decimal(\"50.00\")", "decimal(\"49.99\")", "expected ALLOW, was REQUIRE_APPROVAL")]
    [InlineData("money.cedar", "decimal(\"50.00\")", "decimal(\"50.01\")", "expected REQUIRE_APPROVAL, was ALLOW")]
    [InlineData("money.cedar", "amount.greaterThan(decimal(\"1000.00\"))", "amount.greaterThanOrEqual(decimal(\"1000.00\"))", "expected REQUIRE_APPROVAL, was DENY")]
    [InlineData("reading.cedar", "argument_clamp limit <= 20", "argument_clamp limit <= 19", "constraints: expected argument_clamp limit <= 20, was argument_clamp limit <= 19")]
    [InlineData("money.cedar", "capability/app", "capability/security", "approvers: expected capability/app, was capability/security")]
    [InlineData("customers.cedar", "archive_customers(customer_ids = args.customer_ids)", "archive_customers(customer_ids = args.ids)", "expected REMEDIATE, was DENY")]
    public async Task A_rule_moved_by_a_hair_fails_a_case_that_says_how(string file, string from, string to, string says)
    {
        Change(file, from, to);
        var run = await CliRun.OfAsync("policy", "test", _folder);
        Assert.Equal(1, run.Exit);
        Assert.Contains(says, run.Output, StringComparison.Ordinal);
        Assert.Contains("desk.yaml:", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_rule_that_no_case_meets_is_told_and_refused_where_coverage_is_asked_for()
    {
        File.AppendAllText(Path.Combine(_folder, "money.cedar"), "\n@id(\"never-met\") forbid (principal, action, resource) when { principal.ring == 0 };\n");
        var lenient = await CliRun.OfAsync("policy", "test", _folder);
        Assert.Equal(0, lenient.Exit);
        Assert.Contains("never shown holding", lenient.Output, StringComparison.Ordinal);
        Assert.Equal(1, (await CliRun.OfAsync("policy", "test", _folder, "--covered")).Exit);
    }

    [Fact]
    public async Task The_report_is_the_xml_that_others_read_and_tells_what_failed()
    {
        Change("money.cedar", "decimal(\"50.00\")", "decimal(\"49.99\")");
        var path = Path.Combine(_folder, "report.xml");
        Assert.Equal(1, (await CliRun.OfAsync("policy", "test", _folder, "--junit", path)).Exit);
        var root = XDocument.Load(path).Root!;
        Assert.Equal("testsuites", root.Name);
        Assert.Equal("1", root.Attribute("failures")!.Value);
        var failure = Assert.Single(root.Descendants("failure"));
        Assert.Contains("was REQUIRE_APPROVAL", failure.Attribute("message")!.Value, StringComparison.Ordinal);
        Assert.Equal(root.Attribute("tests")!.Value, root.Elements("testsuite").SkipLast(1).Sum(suite => suite.Elements("testcase").Count()).ToString());
    }

    [Theory]
    [InlineData("outcome: ALLOW\n    code: WRIT5002", "outcome: ALOW\n    code: WRIT5002", "'ALOW' is not an outcome")]
    [InlineData("    code: WRIT5002", "    kode: WRIT5002", "unknown key 'kode'; did you mean 'code'?")]
    [InlineData("    code: WRIT5002", "    code: WRIT5002\n    code: WRIT5002", "'code' is given twice")]
    [InlineData("    code: WRIT5002", "    code: &a WRIT5002", "anchors")]
    [InlineData("args: { order_id: everything }", "args: [everything]", "expected a mapping")]
    [InlineData("action: support-desk/get_order\n    args: { order_id: everything }", "action: help-desk/get_order\n    args: { order_id: everything }", "no server 'help-desk'")]
    [InlineData("tools.json", "tool.json", "there is no file")]
    [InlineData("cases:", "cases: []\nother:", "expected a list")]
    public async Task T02_a_mistake_in_a_case_is_an_error_with_its_place(string from, string to, string says)
    {
        Change("tests/desk.yaml", "outcome: DENY\n    code: WRIT5002", "outcome: ALLOW\n    code: WRIT5002");
        Change("tests/desk.yaml", from, to);
        var run = await CliRun.OfAsync("policy", "test", _folder);
        Assert.Equal(2, run.Exit);
        Assert.Contains(says, run.Error, StringComparison.Ordinal);
        Assert.Matches(@"desk\.yaml:\d+:\d+: ", run.Error);
    }

    [Fact]
    public async Task A_policy_that_strays_among_the_cases_is_not_dropped()
    {
        File.WriteAllText(Path.Combine(_folder, "tests", "more.cedar"), "permit (principal, action, resource);");
        var run = await CliRun.OfAsync("policy", "test", _folder);
        // It would be part of the bundle: nothing is dropped, and the cases that it breaks show it.
        Assert.Equal(1, run.Exit);
        Assert.Contains("expected DENY, was ALLOW", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cases_beside_a_bundle_do_not_change_its_digest()
    {
        var with = await CliRun.OfAsync("policy", "check", _folder, "--json");
        Directory.Delete(Path.Combine(_folder, "tests"), recursive: true);
        var without = await CliRun.OfAsync("policy", "check", _folder, "--json");
        Assert.Equal(with.Json.GetProperty("digest").GetString(), without.Json.GetProperty("digest").GetString());
    }

    [Fact]
    public async Task Programs_get_one_document_with_every_case_and_rule()
    {
        var run = await CliRun.OfAsync("policy", "test", _folder, "--json");
        Assert.Equal(run.Json.GetProperty("passed").GetInt32(), run.Json.GetProperty("cases").GetArrayLength());
        Assert.All(run.Json.GetProperty("rules").EnumerateArray(), rule => Assert.True(rule.GetProperty("covered").GetBoolean()));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private void Change(string file, string from, string to)
    {
        var path = Path.Combine(_folder, file);
        var text = File.ReadAllText(path);
        Assert.Contains(from, text, StringComparison.Ordinal);
        File.WriteAllText(path, text.Replace(from, to, StringComparison.Ordinal));
    }
}

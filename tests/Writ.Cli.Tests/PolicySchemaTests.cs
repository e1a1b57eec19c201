using System.Text.Json;
using Writ.Cedar.Policies;
using Writ.Cedar.Schemas;
using Writ.Cedar.Validation;
using Writ.Testing;

namespace Writ.Cli.Tests;

public sealed class PolicySchemaTests
{
    private static readonly string Payments = Repository.PathOf("samples", "policies", "payments");

    [Fact]
    public async Task The_vocabulary_is_a_schema_that_Cedar_reads()
    {
        var run = await CliRun.OfAsync("policy", "schema");
        Assert.True(run.Exit == 0, run.Error);
        Assert.True(Schema.Parse(run.Output).TryGet(out var schema, out _), run.Output);
        Assert.Contains("Writ::Agent", schema.EntityTypes.Keys.Select(name => name.Value));
        Assert.DoesNotContain("tool/payments", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_the_tools_of_a_bundle_it_validates_that_bundle()
    {
        var run = await CliRun.OfAsync("policy", "schema", Payments);
        Assert.True(run.Exit == 0, run.Error);
        Assert.True(Schema.Parse(run.Output).TryGet(out var schema, out _));
        Assert.True(PolicySet.Parse(await File.ReadAllTextAsync(Path.Combine(Payments, "payments.cedar"), TestContext.Current.CancellationToken)).TryGet(out var policies, out _));
        Assert.DoesNotContain(new Validator(schema).Validate(policies), finding => finding.Severity == Severity.Error);
        Assert.True(PolicySet.Parse("forbid (principal, action == Writ::Action::\"tool/payments/pay\", resource) when { context.args.nothing == 1 };").TryGet(out var wrong, out _));
        Assert.Contains(new Validator(schema).Validate(wrong), finding => finding.Severity == Severity.Error);
    }

    [Fact]
    public async Task Json_is_the_JSON_form_of_the_same()
    {
        var run = await CliRun.OfAsync("policy", "schema", Payments, "--json");
        Assert.Equal(0, run.Exit);
        Assert.Equal(JsonValueKind.Object, run.Json.GetProperty("Writ").GetProperty("actions").GetProperty("tool/payments/pay").ValueKind);
    }

    [Fact]
    public async Task A_bundle_is_checked_against_the_tools_of_its_tests()
    {
        var folder = Directory.CreateTempSubdirectory("writ-bundle-");
        foreach (var file in Directory.EnumerateFiles(Payments, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(folder.FullName, Path.GetRelativePath(Payments, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        Assert.Equal(0, (await CliRun.OfAsync("policy", "check", folder.FullName)).Exit);
        await File.AppendAllTextAsync(Path.Combine(folder.FullName, "payments.cedar"), "\nforbid (principal, action == Writ::Action::\"tool/payments/pay\", resource)\nwhen { context.args.amuont == 1 };\n", TestContext.Current.CancellationToken);
        var run = await CliRun.OfAsync("policy", "check", folder.FullName);
        Assert.Equal(1, run.Exit);
        Assert.Contains("did you mean `amount`?", run.Error, StringComparison.Ordinal);
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task A_folder_that_is_not_there_is_bad_input() => Assert.Equal(2, (await CliRun.OfAsync("policy", "schema", Payments + "/gone")).Exit);
}

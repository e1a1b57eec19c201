using System.Globalization;
using System.Text;
using Writ.Governance.Policies;

namespace Writ.Governance.Tests.Policies;

/// <summary>Folders that are no bundle: each is refused with the place, and what held still holds.</summary>
public sealed class BadBundleTests : IDisposable
{
    private const string Manifest = """{"name":"bad","version":"1","tier":"soft"}""";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("writ-bad-");

    public void Dispose() => _folder.Delete(recursive: true);

    /// <summary>A policy, and a part of the only problem: <c>line:column: message</c>.</summary>
    public static TheoryData<string, string> Policies => new()
    {
        { "\n  permit everything;", "2:10: " },
        { "permit (principal, action, resource) when { 99999999999999999999 > 1 };", "1:45: " },
        { "permit (principal, action, resource) when { -9223372036854775809 > 1 };", "1:4" },
        { "permit (principal, action, resource) when { frobnicate(\"1\") };", "1:45: " },
        { "permit (principal, action, resource) when { context.time.frobnicate() };", "1:" },
        { "permit (principal == ?principal, action, resource);", "1:1: a template decides nothing" },
        { "permit (principal, action, resource) when { ip(\"not an address\").isLoopback() };", "1:" },
        { "permit (principal, action, resource) when { datetime(\"2026-13-01\") < context.time };", "1:" },
        { "permit (principal, action, resource) when { " + new string('(', 10_000) + "true" + new string(')', 10_000) + " };", "1:24" },
        { "permit (principal, action, resource) when { " + new string('!', 10_000) + "true };", "1:" },
        { "permit (principal, action, resource) when { " + new string('[', 10_000) + new string(']', 10_000) + ".isEmpty() };", "1:" },
        { "permit (principal, action, resource) when { context" + string.Concat(Enumerable.Repeat(".a", 10_000)) + " };", "1:" },
        { "permit (principal, action, resource) when { " + string.Join(" && ", Enumerable.Repeat("true", 10_000)) + " };", "1:" },
        { "permit (principal, action, resource) when { context.enviroment == \"a\" };", "1:" },
        { "@id(\"a\") permit (principal, action, resource);\n@id(\"a\") permit (principal, action, resource);", "2:1: two policies of the bundle are named 'a'" },
        { "permit (principal, action, resource) when { \"\u202e\" == \"\ud83d\" };", "is not UTF-8" },
    };

    [Theory]
    [MemberData(nameof(Policies))]
    public async Task A_policy_that_cannot_hold_is_refused_where_it_stands(string policy, string place)
    {
        using var world = await World.WithAsync(World.PermitAll);
        var before = world.State.Policy.Snapshot.Digest;
        var problem = Assert.Single(Problems(world, ("bundle.json", Encoding.UTF8.GetBytes(Manifest)), ("a.cedar", Bytes(policy))));
        Assert.Equal("a.cedar", problem.File);
        Assert.Contains(place, string.Create(CultureInfo.InvariantCulture, $"{problem.Line}:{problem.Column}: {problem.Message}"), StringComparison.Ordinal);
        Assert.InRange(problem.Message.Length, 1, 1_000);
        Assert.Equal(before, world.State.Policy.Snapshot.Digest);
    }

    [Fact]
    public async Task Bytes_that_are_no_policy_are_refused()
    {
        using var world = await World.WithAsync(World.PermitAll);
        var noise = new byte[4_096];
        new Random(1).NextBytes(noise);
        Assert.Contains("is not UTF-8 (byte ", Assert.Single(Problems(world, ("bundle.json", Encoding.UTF8.GetBytes(Manifest)), ("a.cedar", noise))).Message, StringComparison.Ordinal);
        Assert.NotEmpty(Problems(world, ("bundle.json", Encoding.UTF8.GetBytes(Manifest)), ("a.cedar", [0, 1, 2, 3])));
        Assert.NotEmpty(Problems(world, ("bundle.json", noise), ("a.cedar", Encoding.UTF8.GetBytes(World.PermitAll))));
    }

    [Fact]
    public async Task A_policy_of_ten_megabytes_is_refused_unread()
    {
        using var world = await World.WithAsync(World.PermitAll);
        var problem = Assert.Single(Problems(world, ("bundle.json", Encoding.UTF8.GetBytes(Manifest)), ("a.cedar", Encoding.UTF8.GetBytes(new string(' ', 10 << 20)))));
        Assert.StartsWith("has 10485760 bytes", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sets_that_look_exponential_are_decided_like_any_other()
    {
        using var world = await World.WithAsync(World.PermitAll);
        var set = "\"a\"";
        for (var i = 0; i < 11; i++)
            set = $"[{set}, {set}]";
        Assert.Empty(Problems(world, ("bundle.json", Encoding.UTF8.GetBytes(Manifest)), ("a.cedar", Encoding.UTF8.GetBytes($"permit (principal, action, resource) when {{ {set} == {set} }};"))));
    }

    [Fact]
    public async Task Ten_thousand_policies_are_read_and_checked_against_every_tool()
    {
        using var world = await World.WithAsync(World.PermitAll);
        var policies = string.Concat(Enumerable.Range(0, 10_000).Select(i => $"permit (principal, action, resource) when {{ principal.risk == {i} }};\n"));
        Assert.Empty(Problems(world, ("bundle.json", Encoding.UTF8.GetBytes(Manifest)), ("a.cedar", Encoding.UTF8.GetBytes(policies))));
    }

    [Theory]
    [InlineData("""{"name":"Bad Name","version":"1","tier":"soft"}""")]
    [InlineData("""{"name":"bad","version":"","tier":"soft"}""")]
    [InlineData("""{"name":"bad","version":"1","tier":"sfot"}""")]
    [InlineData("""{"name":"bad","version":"1","tier":"soft","onwers":[]}""")]
    [InlineData("""{"name":"bad","version":"1"}""")]
    [InlineData("[]")]
    [InlineData("")]
    public async Task A_manifest_that_is_none_is_refused(string manifest)
    {
        using var world = await World.WithAsync(World.PermitAll);
        Assert.Equal("bundle.json", Assert.Single(Problems(world, ("bundle.json", Encoding.UTF8.GetBytes(manifest)), ("a.cedar", Encoding.UTF8.GetBytes(World.PermitAll)))).File);
    }

    [Theory]
    [InlineData("Bad Name", "1")]
    [InlineData("../escape", "1")]
    [InlineData("bad", "")]
    public void A_manifest_that_no_folder_brought_is_held_to_the_same(string name, string version) =>
        Assert.Equal("bundle.json", Assert.Single(BundlePublication.Problems(World.Bundle(World.PermitAll, name: name, version: version))).File);

    private IReadOnlyList<PolicyProblem> Problems(World world, params (string Name, byte[] Content)[] files)
    {
        foreach (var (name, content) in files)
            File.WriteAllBytes(Path.Combine(_folder.FullName, name), content);
        return BundleFolder.Read(_folder.FullName) switch
        {
            BundleReading.Refused refused => refused.Problems,
            BundleReading.Read read => BundlePublication.Problems(world.State, read.Archive),
            _ => throw new InvalidOperationException(),
        };
    }

    // A lone surrogate becomes the bytes that some write for it, which are no UTF-8.
    private static byte[] Bytes(string text) => text.Contains('\ud83d', StringComparison.Ordinal) ? [.. Encoding.UTF8.GetBytes(text[..text.IndexOf('\ud83d')]), 0xED, 0xA0, 0xBD] : Encoding.UTF8.GetBytes(text);
}

using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Writ.Governance.Decisions;
using Writ.Governance.Records.Checks;

namespace Writ.Governance.Tests.Records;

/// <summary>What the records of an installation say of each other.</summary>
public sealed class RecordCheckTests
{
    private const string Policy = World.PermitAll + """
        @discharge("approval") @approvers("capability/security") forbid (principal, action == Writ::Action::"tool/desk/wipe", resource);
        """;

    private const string Digest = "00000000000000000000000000000000000000000000000000000000000000ff";
    private const string Id = "018bcfe5-6800-7000-8000-0000000000ff";

    [Fact]
    public async Task What_Writ_wrote_is_linked_and_what_is_owed_is_counted()
    {
        using var world = await WorldAsync();
        var check = Check(world, [.. world.DecisionLog.Records.Select(Node)]);
        Assert.True(check.Count == 0, string.Join('\n', check.Problems));
        Assert.Equal(1, check.Owed);
    }

    [Theory]
    [InlineData("decision", "snapshot", Digest, "no policies of that snapshot ever held")]
    [InlineData("decision", "definition", Digest, "its tool definition was never admitted")]
    [InlineData("decision", "agent", Id, "no such agent and version was ever registered")]
    [InlineData("decision", "agent_version", "2", "no such agent and version was ever registered")]
    [InlineData("decision", "credential", "other", "its credential was never issued")]
    [InlineData("decision", "enforcer", "other", "its enforcement point was never registered")]
    [InlineData("decision", "started_by", "nobody", "whoever started its task was never added")]
    [InlineData("decision", "task", Id, "its task was never opened")]
    [InlineData("decision", "kind", "guess", "its kind 'guess' is unknown")]
    [InlineData("decision", "organization", "other", "it lies in another organization's log")]
    [InlineData("decision", "id", "no id", "it cannot be read")]
    [InlineData("effect", "decision", Id, "there is no decision for it")]
    [InlineData("approval", "approval", Id, "nothing was held for it")]
    [InlineData("approval", "person", "nobody", "the person was never added")]
    [InlineData("task", "parent", Id, "the task above it was never opened")]
    public async Task A_record_that_names_what_is_not_there_is_found(string kind, string member, string value, string problem)
    {
        using var world = await WorldAsync();
        var records = world.DecisionLog.Records.Select(Node).ToList();
        records.First(r => r["kind"]!.GetValue<string>() == kind)[member] = value;
        var check = Check(world, records);
        Assert.True(check.Problems.Any(p => p.Text.StartsWith(problem, StringComparison.Ordinal)), string.Join('\n', check.Problems));
    }

    [Fact]
    public async Task Two_effects_of_one_decision_an_effect_of_a_refusal_and_an_approval_used_twice_are_found()
    {
        using var world = await WorldAsync();
        var records = world.DecisionLog.Records.Select(Node).ToList();
        var effect = records.First(r => r["kind"]!.GetValue<string>() == "effect");
        Found([.. records, effect], "its decision permitted nothing, or has an effect already");
        var refusal = records.First(r => r["outcome"]?.GetValue<string>() == "DENY");
        var stray = effect.DeepClone().AsObject();
        stray["decision"] = refusal["id"]!.GetValue<string>();
        Found([.. records, stray], "its decision permitted nothing, or has an effect already");
        var used = records.Single(r => r["approval"] is JsonObject approval && approval["used"] is not null).DeepClone().AsObject();
        used["id"] = Id;
        Found([.. records, used], "it uses an approval that nobody gave, or that was used before");
        Found([.. records.Where(r => r["kind"]!.GetValue<string>() != "approval")], "it uses an approval that nobody gave, or that was used before");

        // Nor where what gave it may have been pruned.
        var pruned = new DecisionChain(new KnownThings(World.Organization), hasBeginning: false);
        Assert.Contains("it uses an approval that nobody gave, or that was used before", records.Append(used).SelectMany(r => pruned.Check(JsonElement.Parse(r.ToJsonString())).ToArray()));

        void Found(IReadOnlyList<JsonObject> changed, string problem) => Assert.Contains(Check(world, changed).Problems, p => p.Text == problem);
    }

    [Fact]
    public async Task A_control_record_that_contradicts_the_others_is_found_once()
    {
        using var world = await WorldAsync();
        var check = new RecordCheck();
        foreach (var (record, index) in world.ControlLog.Records.Skip(1).Select((r, i) => (r, i)))
            check.AddControl(World.Organization, (ulong)index, Encoding.UTF8.GetBytes(record.GetRawText()));
        Assert.Equal("control", Assert.Single(check.Problems).Log);
    }

    /// <summary>One action permitted and settled, one still owed, one refused, one approved and used.</summary>
    private static async Task<World> WorldAsync()
    {
        var world = await World.WithAsync(Policy);
        var settled = Assert.IsType<Decision.Permitted>(await world.CallAsync("look"));
        await world.Settlement.SettleAsync(settled.Dispatch, new EffectReport(EffectStatus.Executed, default));
        Assert.IsType<Decision.Denied>(await world.CallAsync("none"));
        var held = Assert.IsType<Decision.Held>(await world.CallAsync("wipe"));
        Assert.Null(await world.AnswerAsync("sam", held.Approval));
        Assert.IsType<Decision.Permitted>(await world.CallAsync("wipe"));
        return world;
    }

    private static RecordCheck Check(World world, IReadOnlyList<JsonObject> decisions)
    {
        var check = new RecordCheck();
        foreach (var (record, index) in world.ControlLog.Records.Select((r, i) => (r, i)))
            check.AddControl(World.Organization, (ulong)index, Encoding.UTF8.GetBytes(record.GetRawText()));
        foreach (var (record, index) in decisions.Select((r, i) => (r, i)))
            check.AddDecision(World.Organization, (ulong)index, Encoding.UTF8.GetBytes(record.ToJsonString()));
        return check;
    }

    private static JsonObject Node(JsonElement record) => JsonNode.Parse(record.GetRawText())!.AsObject();
}

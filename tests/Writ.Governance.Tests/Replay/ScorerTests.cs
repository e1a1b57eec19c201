using System.Diagnostics;
using System.Text.Json;
using Writ.Governance.Decisions;
using Writ.Governance.Replay;
using Writ.Governance.Tools;
using Writ.Testing;

namespace Writ.Governance.Tests.Replay;

/// <summary>The starter bundles against every recorded call, counted by the scorer that came with the recordings.</summary>
public sealed class ScorerTests : IDisposable
{
    private static readonly EffectClass[] HighRisk = [EffectClass.Money, EffectClass.Egress, EffectClass.Credential, EffectClass.Destroy];
    private static readonly EffectClass[] Reading = [EffectClass.Read, EffectClass.Fetch];
    private readonly Recording _recording = new();

    /// <summary>
    /// The scorer's own policies look at the effect class alone. Writ asks its policies only about calls that the tool's schema fits and
    /// denies the rest, so the counts are the same once those are taken out.
    /// </summary>
    [Theory]
    [InlineData("read-only", "agentdojo")]
    [InlineData("read-only", "agentdyn")]
    [InlineData("approve-high-risk", "agentdojo")]
    [InlineData("approve-high-risk", "agentdyn")]
    public async Task The_scorer_counts_the_decisions_of_its_own_policy_beside_calls_that_fit_no_schema(string bundle, string corpus)
    {
        var (answers, blind) = await BlindAsync(corpus);
        var tally = await ReplayAsync(bundle, blind);
        var ours = await ScoreAsync(answers, "--decisions", _recording.PathOf("decisions.jsonl"));
        var theirs = await ScoreAsync(answers, "--builtin", bundle, "--tools", Corpora.Require("agentdojo/dev/tools.json"));

        long Unasked(IEnumerable<EffectClass?> effects) => effects.Sum(e => Enum.GetValues<ReplayObstacle>().Where(o => o != ReplayObstacle.None).Sum(o => tally.Of(e, o)));
        var readOnly = bundle == "read-only";
        var held = readOnly ? [] : HighRisk;
        var denied = readOnly ? [.. HighRisk, EffectClass.Write] : Array.Empty<EffectClass>();
        // The scorer takes a tool it does not know for one that reads.
        var allowed = Enum.GetValues<EffectClass>().Except(held).Except(denied).Cast<EffectClass?>().Append(null);

        Assert.Equal(tally.Calls, ours.Values.Sum());
        Assert.Equal(theirs.GetValueOrDefault("allow"), ours["allow"] + Unasked(allowed));
        Assert.Equal(theirs.GetValueOrDefault("approve"), ours.GetValueOrDefault("approve") + Unasked(held.Cast<EffectClass?>()));
        Assert.Equal(theirs.GetValueOrDefault("deny"), ours["deny"] - Unasked(allowed) - Unasked(held.Cast<EffectClass?>()));
        Assert.InRange(Unasked([.. Enum.GetValues<EffectClass>().Cast<EffectClass?>(), null]), 1, tally.Calls / 30);
        if (readOnly)
            Assert.Equal(tally.Of(Outcome.Allow), Reading.Sum(e => tally.Of(e, Outcome.Allow)));
    }

    [Fact]
    public async Task The_answers_in_the_open_form_change_no_decision()
    {
        var (answers, blind) = await BlindAsync("agentdojo");
        var world = World("approve-high-risk");
        var (_, blinded) = await Recording.RunAsync(world, blind);
        var (_, open) = await Recording.RunAsync(world, answers);
        Assert.Equal(Decided(blinded), Decided(open));
        Assert.NotEqual(blinded, open);
    }

    public void Dispose() => _recording.Dispose();

    private static IEnumerable<string> Decided(string decisions) => decisions.Split('\n').Select(line => line[(line.IndexOf("\"d\":", StringComparison.Ordinal) + 1)..]);

    private static ReplayWorld World(string bundle) =>
        Recording.World(Recording.Starter(bundle), File.ReadAllText(Corpora.Require("agentdojo/dev/tools.json")));

    private async Task<ReplayTally> ReplayAsync(string bundle, string blind)
    {
        await using var decisions = File.Create(_recording.PathOf("decisions.jsonl"));
        var result = await new ReplayRun(World(bundle)).RunAsync([blind], decisions, null, TestContext.Current.CancellationToken);
        return Assert.IsType<ReplayResult.Done>(result).Tally;
    }

    private async Task<(string Answers, string Blind)> BlindAsync(string corpus)
    {
        var answers = Corpora.Require($"agentdojo/dev/{corpus}.traces.jsonl.gz");
        var blind = _recording.PathOf("blind.jsonl.gz");
        await PythonAsync(Corpora.Require("agentdojo/blind.py"), answers, blind);
        return (answers, blind);
    }

    private static async Task<Dictionary<string, long>> ScoreAsync(string answers, params string[] arguments)
    {
        var score = await PythonAsync([Corpora.Require("agentdojo/score.py"), answers, "--defense", "any", .. arguments]);
        using var document = JsonDocument.Parse(score);
        return document.RootElement.GetProperty("total").GetProperty("decisions").EnumerateObject().ToDictionary(d => d.Name, d => d.Value.GetInt64());
    }

    private static async Task<string> PythonAsync(params string[] arguments)
    {
        var python = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Select(folder => Path.Combine(folder, "python3")).FirstOrDefault(File.Exists);
        if (python is null)
            Assert.Skip("python3 is not on PATH: apt install python3");
        using var process = Process.Start(new ProcessStartInfo(python, arguments) { RedirectStandardOutput = true })!;
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, process.ExitCode);
        return output;
    }
}

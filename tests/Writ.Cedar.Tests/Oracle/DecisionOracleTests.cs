using System.Collections.Concurrent;
using System.Text.Json;
using Writ.Cedar.Authorization;
using Writ.Cedar.Compilation;
using Writ.Cedar.Entities;
using Writ.Cedar.Json;
using Writ.Cedar.Policies;
using Writ.Cedar.Tests.Generation;
using Writ.Cedar.Values;
using Writ.Testing;

namespace Writ.Cedar.Tests.Oracle;

/// <summary>The sets and requests of <see cref="Compilation.CompiledPropertyTests"/>, asked of Cedar's own engine.</summary>
public sealed class DecisionOracleTests
{
    private const int Sets = 2_500;
    private const int RequestsOfASet = 40;

    [Fact]
    public void T09_a_hundred_thousand_generated_requests_are_answered_as_Cedars_own_engine_answers_them()
    {
        var failures = new ConcurrentBag<string>();
        int requests = 0, allowed = 0, erred = 0, deviations = 0;
        CedarOracle[] oracles = [CedarOracle.Start(), CedarOracle.Start()];
        Parallel.For(0, oracles.Length, new ParallelOptions { MaxDegreeOfParallelism = oracles.Length }, worker =>
        {
            using var oracle = oracles[worker];
            for (var seed = worker; seed < Sets; seed += oracles.Length)
            {
                var generate = new PolicyGenerator(seed);
                var (set, store) = (generate.Set(2 + (seed % 40)), ForOracle(generate.Store(), seed));
                var compiled = Compiled.Of(set);
                var asked = Enumerable.Range(0, RequestsOfASet).Select(_ => generate.Request()).ToArray();
                var answers = oracle.Ask(new { set = seed % 4 < 2 ? PolicyJson.Write(set) : Texts(set), entities = CedarJson.Of(store), calls = asked.Select(CedarJson.Of) });
                for (var i = 0; i < asked.Length; i++)
                {
                    var said = Said(answers[i]);
                    if (Said(Reference.Authorize(set, asked[i], store)) is var reference && reference != said)
                        failures.Add($"seed {seed} #{i}: wanted {said}\nReference {reference}");
                    var evaluation = compiled.Evaluate(asked[i], store);
                    if (Said(compiled.Authorize(asked[i], store)) is var ours && ours != said)
                        failures.Add($"seed {seed} #{i}: wanted {said}\nCompiled {ours}");

                    // What this house adds: a forbid that erred denies. It turns the engine's allow into a refusal and nothing else.
                    var theirs = said.StartsWith("allow", StringComparison.Ordinal);
                    var closed = evaluation.Decision == Decision.Allow && !evaluation.Errors.Any(error => error.Policy.Effect == Effect.Forbid);
                    if (closed && !theirs)
                        failures.Add($"seed {seed} #{i}: allowed what Cedar denies");
                    Interlocked.Increment(ref requests);
                    Interlocked.Add(ref allowed, theirs ? 1 : 0);
                    Interlocked.Add(ref erred, evaluation.Errors.IsEmpty ? 0 : 1);
                    Interlocked.Add(ref deviations, theirs != closed ? 1 : 0);
                }
            }
        });

        var counts = $"{requests} requests: {allowed} allowed by Cedar, {erred} with errors, {deviations} denied by an erring forbid alone";
        Assert.True(failures.IsEmpty, $"{failures.Count} of {counts}\n{string.Join('\n', failures.Take(5))}");
        Assert.Equal(100_000, requests);
        Assert.All([allowed, erred, deviations], count => Assert.True(count > 1_000, counts));
        TestContext.Current.TestOutputHelper?.WriteLine(counts);
    }

    [Fact]
    public void An_engine_that_answers_otherwise_would_be_noticed()
    {
        using var oracle = CedarOracle.Start();
        var set = Cedar.Policies("""@id("a") permit (principal, action, resource); @id("b") forbid (principal, action, resource) when { context.missing };""");
        var answer = oracle.Ask(new { set = PolicyJson.Write(set), entities = "[]", calls = new[] { CedarJson.Of(Cedar.Request()) } })[0];
        var ours = Reference.Authorize(set, Cedar.Request(), EntityStore.Empty);
        Assert.Equal(Said(ours), Said(answer));
        Assert.NotEqual(Said(ours with { Decision = Decision.Deny }), Said(answer));
        Assert.NotEqual(Said(ours with { Reasons = [] }), Said(answer));
        Assert.NotEqual(Said(ours with { Errors = [] }), Said(answer));
    }

    // The engine refuses an action in anything but actions; ours takes it, and tests of its own cover that. It reads every entity anew for
    // every request, and an extension value in one costs it as much as a decision: one store in twenty keeps all, every context does.
    private static EntityStore ForOracle(EntityStore store, int seed) => Cedar.Store([.. store.Entities.Select(entity => new Entity(
        entity.Uid,
        IsAction(entity.Uid) ? entity.Parents.Where(IsAction) : entity.Parents,
        seed % 40 < 2 ? entity.Attributes : Plain(entity.Attributes),
        seed % 40 < 2 ? entity.Tags : Plain(entity.Tags)))]);

    private static RecordValue Plain(RecordValue record)
    {
        var plain = new RecordBuilder();
        foreach (var (name, value) in record.Attributes.Where(attribute => IsPlain(attribute.Value)).Take(3))
            plain.Add(name, value);

        return plain.Build();
    }

    private static bool IsPlain(Value value) => value switch
    {
        SetValue set => set.Elements.All(IsPlain),
        RecordValue record => record.Attributes.All(attribute => IsPlain(attribute.Value)),
        _ => value is BoolValue or LongValue or StringValue or EntityValue,
    };

    private static bool IsAction(EntityUid uid) => uid.Type.Value.Split("::")[^1] == "Action";

    private static string Texts(PolicySet set) => JsonSerializer.Serialize(new { staticPolicies = set.Policies.ToDictionary(policy => policy.Id.Value, policy => policy.ToString()) });

    private static string Said(Response response) =>
        Said(response.Decision == Decision.Allow ? "allow" : "deny", response.Reasons.Select(id => id.Value), response.Errors.Select(error => error.Policy.Id.Value));

    private static string Said(JsonElement answer) => answer.ValueKind == JsonValueKind.String
        ? "refused: " + answer.GetString()
        : Said(answer[0].GetString()!, answer[1].EnumerateArray().Select(id => id.GetString()!), answer[2].EnumerateArray().Select(id => id.GetString()!));

    private static string Said(string decision, IEnumerable<string> reasons, IEnumerable<string> errors) =>
        $"{decision} because of [{string.Join(' ', reasons.Order(StringComparer.Ordinal))}] errors [{string.Join(' ', errors.Order(StringComparer.Ordinal))}]";
}

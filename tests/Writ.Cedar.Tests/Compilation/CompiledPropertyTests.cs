using Writ.Cedar.Authorization;
using Writ.Cedar.Compilation;
using Writ.Cedar.Entities;
using Writ.Cedar.Policies;
using Writ.Cedar.Tests.Generation;
using Writ.Cedar.Values;

namespace Writ.Cedar.Tests.Compilation;

public sealed class CompiledPropertyTests
{
    private const int Sets = 2_500;
    private const int RequestsOfASet = 40;

    [Fact]
    public void T09_a_hundred_thousand_generated_requests_to_sets_of_policies_are_answered_as_Reference_answers_them()
    {
        var buffer = new EvaluationBuffer();
        var failures = new List<string>();
        int requests = 0, permitted = 0, erred = 0, severalReasons = 0;
        for (var seed = 0; seed < Sets; seed++)
        {
            var generate = new PolicyGenerator(seed);
            var (compiled, store) = (Compiled.Of(generate.Set(2 + (seed % 40))), generate.Store());
            for (var i = 0; i < RequestsOfASet; i++, requests++)
            {
                if (Agreement.Difference(compiled, generate.Request(), store, buffer) is { } difference)
                    failures.Add($"seed {seed} #{i}: {difference}");
                permitted += buffer.Decision == Decision.Allow ? 1 : 0;
                erred += buffer.ErrorCount > 0 ? 1 : 0;
                severalReasons += buffer.Permits.Length + buffer.Forbids.Length > 1 ? 1 : 0;
            }
        }

        Assert.True(failures.Count == 0, $"{failures.Count} of {requests}:\n{string.Join('\n', failures.Take(5))}");
        Assert.Equal(100_000, requests);

        // The sets do what they are made for: all kinds of answers occur often.
        Assert.All([permitted, erred, severalReasons], count => Assert.True(count > 5_000, $"{permitted} {erred} {severalReasons}"));
    }

    [Fact]
    public void Poison_anywhere_in_the_context_is_met_as_Reference_meets_it() => Property.Holds(2_000, generate =>
    {
        var compiled = Compiled.Of(generate.Set(12));
        var request = generate.Request();
        var context = new RecordBuilder();
        var place = 0;
        foreach (var (name, value) in request.Context.Attributes)
        {
            context.Add(name, (place++ % 3) switch
            {
                0 => new PoisonValue("null"),
                1 => SetValue.Of(value, new PoisonValue("null")),
                _ => value,
            });
        }

        Assert.Null(Agreement.Difference(compiled, new Request(request.Principal, request.Action, request.Resource, context.Build()), generate.Store(), new EvaluationBuffer()));
    });

    [Fact]
    public void A_store_in_layers_is_searched_as_Reference_searches_it() => Property.Holds(2_000, generate =>
    {
        var compiled = Compiled.Of(generate.Set(30));
        var entities = generate.Store().Entities.OrderBy(e => e.Uid.ToString(), StringComparer.Ordinal).ToArray();
        var below = Cedar.Store(entities[..(entities.Length / 2)]);
        var layered = Assert.IsType<EntityStoreResult.Built>(below.With(entities[(entities.Length / 2)..])).Store;
        Assert.Null(Agreement.Difference(compiled, generate.Request(), layered, new EvaluationBuffer()));
    });

    [Fact]
    public void A_buffer_used_before_answers_as_a_new_one() => Property.Holds(500, generate =>
    {
        var (first, second) = (Compiled.Of(generate.Set(20)), Compiled.Of(generate.Set(3)));
        var (store, request, buffer) = (generate.Store(), generate.Request(), new EvaluationBuffer());
        first.Evaluate(request, store, buffer);
        Assert.Null(Agreement.Difference(second, request, store, buffer));
    });
}

using System.Text;
using Writ.Cedar.Authorization;
using Writ.Cedar.Compilation;
using Writ.Cedar.Entities;
using Writ.Cedar.Policies;
using Writ.Cedar.Values;

namespace Writ.Cedar.Tests.Compilation;

public sealed class CompiledTests
{
    private static readonly EntityUid Desk = new("Team", "desk");

    [Fact]
    public void A_scope_that_is_met_counts_and_the_nearest_one_that_is_not_does_not()
    {
        var compiled = Compiled.Of(Cedar.Policies("""
            permit (principal == User::"alice", action, resource);
            permit (principal == Team::"desk", action, resource);
            permit (principal in Team::"desk", action, resource);
            permit (principal in Team::"other", action, resource);
            permit (principal is User in Team::"desk", action, resource);
            permit (principal is Robot in Team::"desk", action, resource);
            permit (principal is User, action in [Action::"view", Action::"read"], resource is Photo);
            permit (principal, action == Action::"read", resource);
            permit (principal, action in Action::"read", resource == Photo::"p1");
            permit (principal, action in [], resource);
            """));
        var store = Cedar.Store(new Entity(Cedar.Alice, [Desk]), new Entity(Cedar.View, [new EntityUid("Action", "read")]));
        var buffer = new EvaluationBuffer();
        compiled.Evaluate(Cedar.Request(), store, buffer);
        Assert.Equal([0, 2, 4, 6, 8], buffer.Permits.ToArray());
        Assert.Null(Agreement.Difference(compiled, Cedar.Request(), store, buffer));
    }

    [Fact]
    public void A_policy_outside_of_its_scope_does_not_err_and_one_inside_does()
    {
        var compiled = Compiled.Of(Cedar.Policies(Filler(200) + """forbid (principal, action == Action::"edit", resource) when { context.missing };"""));
        var buffer = new EvaluationBuffer();
        compiled.Evaluate(Cedar.Request(), EntityStore.Empty, buffer);
        Assert.Equal(0, buffer.ErrorCount);
        compiled.Evaluate(new Request(Cedar.Alice, new EntityUid("Action", "edit"), Cedar.Photo), EntityStore.Empty, buffer);
        Assert.Equal(1, buffer.ErrorCount);
        Assert.Equal(Effect.Forbid, buffer.Error(0).Policy.Effect);
    }

    [Fact]
    public void A_decision_over_ten_thousand_policies_allocates_nothing_and_an_error_does()
    {
        var compiled = Compiled.Of(Cedar.Policies(Filler(10_000) + """
            permit (principal in Team::"desk", action == Action::"view", resource)
            when { context.amount + 1 <= 500 && ["eu", "us"].contains(context.region) && principal in Team::"desk" && !(context has blocked) };
            """));
        var store = Cedar.Store(new Entity(Cedar.Alice, [Desk]));
        var (good, bad) = (Cedar.Request(RecordValue.Of(("amount", 499), ("region", "eu"))), Cedar.Request(RecordValue.Of(("region", "eu"))));
        var buffer = new EvaluationBuffer();
        Assert.Equal(0, Allocated(good));
        Assert.Equal(Decision.Allow, buffer.Decision);
        Assert.NotEqual(0, Allocated(bad));

        // What the runtime allocates once, as when it compiles a method anew, is in one round and not in all.
        long Allocated(Request request) => Enumerable.Range(0, 5).Min(_ => OfHundred(request));

        long OfHundred(Request request)
        {
            compiled.Evaluate(request, store, buffer);
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var i = 0; i < 100; i++)
                compiled.Evaluate(request, store, buffer);
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }
    }

    [Fact]
    public void Ten_thousand_policies_and_an_entity_in_ten_thousand_groups_are_answered_as_Reference_answers_them()
    {
        var text = new StringBuilder();
        for (var i = 0; i < 10_000; i++)
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"permit (principal in Team::\"t{i}\", action in [Action::\"view\", Action::\"g{i % 7}\"], resource in Team::\"t{i % 100}\");\n");
        var compiled = Compiled.Of(Cedar.Policies(text.ToString(), new() { MaxBytes = 4_000_000 }));
        var groups = Enumerable.Range(0, 9_000).Select(i => new EntityUid("Team", $"t{i}")).ToArray();
        var store = Cedar.Store(new Entity(Cedar.Alice, groups), new Entity(Cedar.Photo, groups), new Entity(Cedar.View, [new EntityUid("Action", "g1"), new EntityUid("Action", "g2")]));
        var buffer = new EvaluationBuffer();
        Assert.Null(Agreement.Difference(compiled, Cedar.Request(), store, buffer));
        Assert.Equal(9_000, buffer.Permits.Length);
    }

    [Fact]
    public void The_highest_expressions_compile_and_evaluate_on_a_small_stack()
    {
        string[] conditions =
        [
            string.Join(" && ", Enumerable.Repeat("context.a == 1", 240)),
            string.Join(" + ", Enumerable.Repeat("context.a", 490)) + " > 1",
            new string('!', 4) + new string('(', 190) + "context.a == 1" + new string(')', 190),
        ];
        var compared = 0;
        var thread = new Thread(
            () =>
            {
                foreach (var condition in conditions)
                {
                    var compiled = Compiled.Of(Cedar.Policies($"permit (principal, action, resource) when {{ {condition} }};"));
                    Assert.Null(Agreement.Difference(compiled, Cedar.Request(RecordValue.Of(("a", 1))), EntityStore.Empty, new EvaluationBuffer()));
                    compared++;
                }
            },
            maxStackSize: 1 << 20);
        thread.Start();
        thread.Join();
        Assert.Equal(conditions.Length, compared);
    }

    [Fact]
    public void A_path_that_several_policies_read_is_the_same_in_all_and_its_fault_stands_where_each_reads_it()
    {
        var compiled = Compiled.Of(Cedar.Policies("""
            permit (principal, action, resource) when { context.args.amount > 5 };
            forbid (principal, action, resource) when { context.args.amount > 50 && context.args.missing == 1 };
            forbid (principal, action, resource) when { context.args.missing == 1 };
            permit (principal, action, resource) when { context.args == {amount: 60} || context.args.amount == "60" };
            forbid (principal, action, resource) when { context.args.amount > "5" };
            forbid (principal, action, resource) when { {amount: 7}.amount > 6 && principal.amount > 1 };
            permit (principal, action, resource) when { context.args.amount.value > 1 };
            """));
        var store = Cedar.Store(new Entity(Cedar.Alice, null, RecordValue.Of(("amount", 2))));
        var buffer = new EvaluationBuffer();
        foreach (Value amount in (Value[])[60, 6, 5, "60", true, new PoisonValue("null"), SetValue.Of(new PoisonValue("null")), RecordValue.Of(("value", 2))])
            Assert.Null(Agreement.Difference(compiled, Cedar.Request(RecordValue.Of(("args", RecordValue.Of(("amount", amount))))), store, buffer));
        Assert.Null(Agreement.Difference(compiled, Cedar.Request(), EntityStore.Empty, buffer));
        compiled.Evaluate(Cedar.Request(RecordValue.Of(("args", RecordValue.Of(("amount", 60))))), store, buffer);
        Assert.Equal([0, 3], buffer.Permits.ToArray());
        Assert.Equal([0, 0, 0, 0], Enumerable.Range(0, buffer.ErrorCount).Select(i => buffer.Error(i).Position.Line - buffer.Error(i).Policy.Body.Position.Line).ToArray());
        Assert.True(buffer.Error(0).Position.Column > buffer.Error(1).Position.Column);
    }

    private static string Filler(int count)
    {
        var text = new StringBuilder();
        for (var i = 0; i < count; i++)
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"permit (principal == User::\"u{i}\", action == Action::\"view\", resource);\n");
        return text.ToString();
    }
}

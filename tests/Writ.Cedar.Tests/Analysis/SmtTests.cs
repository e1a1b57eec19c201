using Writ.Cedar.Analysis;
using Writ.Cedar.Analysis.Smt;
using Writ.Cedar.Entities;
using Writ.Cedar.Policies;
using Writ.Cedar.Tests.Generation;
using Writ.Cedar.Values;

namespace Writ.Cedar.Tests.Analysis;

public sealed class SmtTests
{
    private static readonly RequestSpace Space = new(new EntityUid("User", "example"), Cedar.View, Cedar.Photo, EntityStore.Empty);

    private static SmtSolver Solver
    {
        get
        {
            var solver = SmtSolver.Find();
            Assert.SkipWhen(solver is null, "no solver is installed: apt-get install z3 (and util-linux, for prlimit)");
            return solver;
        }
    }

    [Theory]
    [InlineData("context.a * context.a < 0", false)]
    [InlineData("context.a * 2 == context.b + context.b && context.a < context.b", false)]
    [InlineData("context.a - context.b > 3 && context.b - context.a > 3", false)]
    [InlineData("context.a * 3 == context.b * 5 && context.a > 7 && context.b > 0", true)]
    [InlineData("context.a + context.b > 9223372036854775807", false)]
    [InlineData("context.a + context.b > 9223372036854775806", true)]
    [InlineData("context.a like \"a*b*c\" && context.a like \"*bb*\" && !(context.a like \"ab*\")", true)]
    [InlineData("context.a like \"*x\" && context.a like \"*é😀\"", false)]
    [InlineData("context.s.contains(1) && context.s == [2, 3]", false)]
    [InlineData("context.s.contains(2) && context.s == [2, 3]", true)]
    [InlineData("principal in Team::\"a\" && principal.level + principal.level == 14", true)]
    public void A_solver_proves_or_names_a_request_that_the_reference_evaluator_confirms(string condition, bool exists)
    {
        var claim = Satisfied(condition);
        var result = SmtScript.Of(claim, Space)!.Ask(Solver);
        if (!exists)
            Assert.IsType<SearchResult.Impossible>(result);
        else if (Assert.IsType<SearchResult.Found>(result) is var found)
            Assert.True(Analyzer.IsTrue(claim, found.Request, found.Entities));
    }

    [Fact]
    public void A_poison_or_a_missing_attribute_is_a_model_where_a_claim_is_about_failing()
    {
        var policy = Cedar.Policies("permit (principal, action, resource) when { context.a * 2 > 3 };").Policies[0];
        var fails = new Claim.Not(Claim.Evaluates(policy));
        var always = Space with { Attributes = Space.Attributes.Add("context.a", AttributeDomain.Always(ValueTypes.Long) with { Least = 0, Most = 100 }) };
        Assert.IsType<SearchResult.Found>(SmtScript.Of(fails, Space)!.Ask(Solver));
        Assert.IsType<SearchResult.Impossible>(SmtScript.Of(fails, always)!.Ask(Solver));
        Assert.IsType<SearchResult.Found>(SmtScript.Of(fails, always with { Attributes = always.Attributes.SetItem("context.a", AttributeDomain.Always(ValueTypes.Long)) })!.Ask(Solver));
    }

    [Fact]
    public void Case_analysis_and_a_solver_never_contradict_each_other()
    {
        var solver = Solver;
        int proved = 0, found = 0, settled = 0;
        for (var seed = 0; seed < 150; seed++)
        {
            var random = new Random(seed);
            var generate = new PolicyGenerator(seed);
            PolicySet policies = seed % 5 == 0
                ? generate.Set(2)
                : Cedar.Policies($"permit (principal, action, resource) when {{ {Condition(random)} }};\nforbid (principal, action, resource) unless {{ {Condition(random)} }};");
            Claim claim = (seed % 3) switch
            {
                0 => new Claim.Satisfied(policies.Policies[0]),
                1 => new Claim.Not(Claim.Evaluates(policies.Policies[0])),
                _ => Claim.Both(new Claim.Satisfied(policies.Policies[0]), new Claim.Not(new Claim.Satisfied(policies.Policies[^1]))),
            };
            var space = seed % 5 == 0 && generate.Request() is var request ? new RequestSpace(request.Principal, request.Action, request.Resource, EntityStore.Empty) : Space;
            var native = Analyzer.Find(claim, space, 4_000);
            var script = SmtScript.Of(claim, space)!;
            var other = script.Ask(solver);
            Assert.False((native, other) is (SearchResult.Impossible, SearchResult.Found) or (SearchResult.Found, SearchResult.Impossible), $"seed {seed}: {native} and {other}\n{policies}\n{script.Text}");
            proved += other is SearchResult.Impossible ? 1 : 0;
            found += other is SearchResult.Found ? 1 : 0;
            settled += native is SearchResult.Unknown && other is not SearchResult.Unknown ? 1 : 0;
        }

        var counts = $"{proved} proved, {found} found, {settled} of them left open by case analysis";
        TestContext.Current.TestOutputHelper?.WriteLine(counts);
        Assert.True(proved > 20 && found > 20 && settled > 0, counts);
    }

    [Fact]
    public void A_model_that_is_no_request_and_an_answer_that_is_none_settle_nothing()
    {
        var script = SmtScript.Of(Satisfied("context.a > 5"), Space)!;
        foreach (var answer in (string[])["", "unknown\n", "timeout", "sat\n((a0 7)", "sat\n((f0 true))((f1 false))((v0 (L 99999999999999999999999)))", "(error \"unsat\")", "sat\n\"unfinished"])
            Assert.IsNotType<SearchResult.Impossible>(script.Read(answer, "z3"));
        Assert.IsType<SearchResult.Unknown>(script.Read("unknown", "z3"));
        Assert.IsType<SearchResult.Impossible>(script.Read("unsat\n", "z3"));
    }

    [Fact]
    public void T67_texts_of_policies_stay_texts_of_the_script()
    {
        var script = SmtScript.Of(Satisfied("context.a == \"\\\"))(exit)\\n(check-sat)\" && context has \"x\\n(exit)\""), Space)!;
        Assert.DoesNotContain(script.Text.Split('\n'), line => line.StartsWith("(exit", StringComparison.Ordinal));
        Assert.IsType<SearchResult.Found>(script.Ask(Solver));
    }

    [Fact]
    public void No_solver_is_found_where_there_is_none()
    {
        Assert.Null(SmtSolver.Find("/nonexistent"));
        Assert.Null(SmtSolver.Find("relative/folder"));
    }

    private static Claim.Satisfied Satisfied(string condition) => new(Cedar.Policies($"permit (principal, action, resource) when {{ {condition} }};").Policies[0]);

    private static string Condition(Random random) => string.Join(" && ", Enumerable.Range(0, 2 + random.Next(3)).Select(_ => Atom(random)));

    private static string Atom(Random random)
    {
        var (a, b, number) = ($"context.{"ab"[random.Next(2)]}", $"context.{"abc"[random.Next(3)]}", random.Next(5) - 2);
        return random.Next(12) switch
        {
            0 => $"{a} > {number}",
            1 => $"{a} <= {number}",
            2 => $"{a} + {b} == {b} + {number}",
            3 => $"{a} - {b} < {number}",
            4 => $"{a} < {b}",
            5 => $"{a} != {b}",
            6 => $"context.t like \"{"xy"[random.Next(2)]}*{"xy"[random.Next(2)]}\"",
            7 => $"!(context.t like \"*{"xy"[random.Next(2)]}\")",
            8 => $"context.s.contains({number})",
            9 => $"!context.s.containsAny([{number}, {number + 1}])",
            10 => $"context has {"abtsu"[random.Next(5)]}",
            _ => $"principal in Team::\"{"xy"[random.Next(2)]}\" && !(principal in Team::\"x\")",
        };
    }
}

using Writ.Cedar.Authorization;
using Writ.Cedar.Policies;
using Writ.Cedar.Tests.Generation;

namespace Writ.Cedar.Tests.Authorization;

public sealed class CombinationProperties
{
    [Fact]
    public void T04_T05_the_order_of_policies_never_changes_the_answer() => Property.Holds(1_000, generate =>
    {
        var set = generate.Set(8);
        var (request, store) = (generate.Request(), generate.Store());
        var shuffled = Set(generate.Shuffled(set.Policies), set.Templates);
        var before = Reference.Authorize(set, request, store);
        var after = Reference.Authorize(shuffled, request, store);
        Assert.Equal(before.Decision, after.Decision);
        Assert.Equal(before.Reasons.Select(id => id.Value).Order(), after.Reasons.Select(id => id.Value).Order());
        Assert.Equal(before.Errors.Select(error => error.Message).Order(), after.Errors.Select(error => error.Message).Order());
    });

    [Fact]
    public void Adding_a_permit_never_turns_allow_into_deny() => Property.Holds(1_000, generate =>
    {
        var (set, request, store) = (generate.Set(5), generate.Request(), generate.Store());
        var before = Reference.Authorize(set, request, store).Decision;
        var after = Reference.Authorize(Set(set.Policies.Add(generate.StaticPolicy("more", Effect.Permit)), set.Templates), request, store).Decision;
        Assert.True(before == Decision.Deny || after == Decision.Allow);
    });

    [Fact]
    public void Adding_a_forbid_never_turns_deny_into_allow() => Property.Holds(1_000, generate =>
    {
        var (set, request, store) = (generate.Set(5), generate.Request(), generate.Store());
        var before = Reference.Authorize(set, request, store).Decision;
        var after = Reference.Authorize(Set(set.Policies.Add(generate.StaticPolicy("more", Effect.Forbid)), set.Templates), request, store).Decision;
        Assert.True(before == Decision.Allow || after == Decision.Deny);
    });

    [Fact]
    public void Each_policy_is_satisfied_or_not_or_has_erred_and_only_one_of_these() => Property.Holds(1_000, generate =>
    {
        var set = generate.Set(8);
        var evaluation = Reference.Evaluate(set, generate.Request(), generate.Store());
        var listed = evaluation.Permits.Concat(evaluation.Forbids).Concat(evaluation.Errors.Select(error => error.Policy)).ToList();
        Assert.Equal(listed.Count, listed.Distinct().Count());
        Assert.All(listed, policy => Assert.Contains(policy, set.Policies));
        Assert.All(evaluation.Permits, policy => Assert.Equal(Effect.Permit, policy.Effect));
        Assert.All(evaluation.Forbids, policy => Assert.Equal(Effect.Forbid, policy.Effect));
    });

    [Fact]
    public void Generated_requests_meet_allow_and_deny_and_errors()
    {
        var seen = new HashSet<string>();
        Property.Holds(500, generate =>
        {
            var response = Reference.Authorize(generate.Set(5), generate.Request(), generate.Store());
            seen.Add(response.Decision.ToString());
            if (!response.Errors.IsEmpty)
                seen.Add("error");
        });
        Assert.Equal(["Allow", "Deny", "error"], seen.Order(StringComparer.Ordinal));
    }

    private static PolicySet Set(IEnumerable<Policy> policies, IEnumerable<Template> templates) =>
        Assert.IsType<ParseResult<PolicySet>.Success>(PolicySet.Create(policies, templates)).Value;
}

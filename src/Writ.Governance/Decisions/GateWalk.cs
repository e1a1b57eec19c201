using System.Collections.Immutable;
using Writ.Governance.Agents;
using Writ.Governance.Approvals;
using Writ.Governance.Delegation;
using Writ.Governance.Kills;
using Writ.Governance.Limits;
using Writ.Governance.NamedFacts;
using Writ.Governance.Policies;
using Writ.Governance.Tools;

namespace Writ.Governance.Decisions;

/// <summary>
/// Walks the gates in order. The first refusal ends the walk; the last gate that permits says with what. Production and replay walk the
/// same way, so that what is tried out is what will happen; those outside Writ who have to agree are asked in production alone. Thread safe.
/// </summary>
public sealed class GateWalk(ImmutableArray<IGate> gates, ITighteningGate? last = null)
{
    /// <summary>The names of the gates, in order.</summary>
    public ImmutableArray<string> Names { get; } = [.. gates.Select(gate => gate.Name)];

    /// <summary>The gates there are, in their order.</summary>
    public static ImmutableArray<IGate> InOrder(ApprovalBoard approvals, ApprovalBinding binding, RateBook rates, FactLookups? lookups = null, DelegationAuthority? delegations = null) =>
    [
        // 1. kill and lifecycle
        new KillGate(),
        new LifecycleGate(),
        new InvokeGate(),
        // 2. chain: delegated authority, where calls come with one
        .. delegations is null ? Array.Empty<IGate>() : [new ChainGate(delegations)],
        // 3. grants
        new GrantGate(),
        // 4. breaker
        // 5. the tool as pinned, and policy
        new ToolGate(),
        new PolicyGate(approvals, binding, rates, lookups),
        // 6. limits and envelopes: the last, because they reserve
    ];

    /// <summary>Walks the gates.</summary>
    /// <param name="request">The action.</param>
    /// <param name="asking">Whether those outside Writ who have to agree, and sources of facts, are asked; otherwise they are only named.</param>
    public async ValueTask<Walked> CheckAsync(ActionRequest request, bool asking = true)
    {
        GateResult result = GateResult.Passed.Instance;
        var run = 0;
        if (!asking)
            request.Facts.LookedUp.AskNobody();
        foreach (var gate in gates)
        {
            var answer = await gate.CheckAsync(request, CancellationToken.None);
            run++;
            if (answer is not GateResult.Passed)
                result = answer;
            if (answer is not (GateResult.Passed or GateResult.Permitted))
                break;
        }

        var whole = new Walked(result, run, Names, [], []);
        return last is not null && Proposed(request, result) is { } arguments && last.Concerned(request) is { IsEmpty: false } concerned
            ? asking ? await TightenAsync(last, request, arguments, whole) : whole with { NotAsked = concerned }
            : whole;
    }

    private static async ValueTask<Walked> TightenAsync(ITighteningGate last, ActionRequest request, Arguments arguments, Walked walked)
    {
        var tightening = await last.CheckAsync(request, arguments, CancellationToken.None);
        return walked with
        {
            Result = tightening.Refusal is { } refusal ? refusal with { Rules = RulesOf(walked.Result) } : walked.Result,
            Run = walked.Run + 1,
            Names = [.. walked.Names[..walked.Run], last.Name],
            Answers = tightening.Answers,
        };
    }

    /// <summary>What would run, now or once people approved; null where nothing would.</summary>
    private static Arguments? Proposed(ActionRequest request, GateResult result) => result switch
    {
        GateResult.Permitted permitted => permitted.EffectiveArguments,
        GateResult.Held held => held.EffectiveArguments ?? request.Arguments,
        _ => null,
    };

    private static ImmutableArray<string> RulesOf(GateResult result) => result switch
    {
        GateResult.Permitted permitted => permitted.Rules,
        GateResult.Held held => held.Rules,
        _ => [],
    };
}

using System.Collections.Immutable;
using Writ.Governance.Agents;
using Writ.Governance.Approvals;
using Writ.Governance.Limits;
using Writ.Governance.Policies;
using Writ.Governance.Tools;

namespace Writ.Governance.Decisions;

/// <summary>
/// Walks the gates in order. The first refusal ends the walk; the last gate that permits says with what. Production and replay walk the
/// same way, so that what is tried out is what will happen. Thread safe.
/// </summary>
public sealed class GateWalk(ImmutableArray<IGate> gates)
{
    /// <summary>The names of the gates, in order.</summary>
    public ImmutableArray<string> Names { get; } = [.. gates.Select(gate => gate.Name)];

    /// <summary>The gates there are, in their order.</summary>
    public static ImmutableArray<IGate> InOrder(ApprovalBoard approvals, ApprovalBinding binding, RateBook rates) =>
    [
        // 1. kill, when there is one, stands here before all others
        new LifecycleGate(),
        // 2. chain: delegated authority
        // 3. grants
        new GrantGate(),
        // 4. breaker
        // 5. the tool as pinned, and policy
        new ToolGate(),
        new PolicyGate(approvals, binding, rates),
        // 6. limits and envelopes: the last, because they reserve
    ];

    /// <summary>The result, and how many gates ran.</summary>
    public async ValueTask<(GateResult Result, int Run)> CheckAsync(ActionRequest request)
    {
        GateResult result = GateResult.Passed.Instance;
        var run = 0;
        foreach (var gate in gates)
        {
            var answer = await gate.CheckAsync(request, CancellationToken.None);
            run++;
            if (answer is not GateResult.Passed)
                result = answer;
            if (answer is not (GateResult.Passed or GateResult.Permitted))
                break;
        }

        return (result, run);
    }
}

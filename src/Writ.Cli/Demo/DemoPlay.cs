using Writ.Cli.Api;
using Writ.Cli.Terminal;

namespace Writ.Cli.Demo;

/// <summary>
/// Lets the agent play and puts each of its steps beside Writ's record of it and beside the desk's own log. A held call is approved as
/// the administrator, while the agent waits.
/// </summary>
internal sealed class DemoPlay(ApiClient api, DemoFolder folder, DemoTimeline timeline, TimeProvider time)
{
    private readonly List<DemoStep> _steps = [];
    private readonly HashSet<string> _matched = [];
    private int _executed;

    /// <summary>All steps, or what went wrong on the way.</summary>
    public async Task<(IReadOnlyList<DemoStep> Steps, Trouble? Trouble)> RunAsync(AgentProcess agent, CancellationToken cancellation)
    {
        await foreach (var wanted in agent.StepsAsync(time, cancellation))
        {
            if (await AddAsync(wanted, cancellation) is { } trouble)
                return (_steps, trouble);
            if (wanted is { Outcome: "REQUIRE_APPROVAL", Approval: { } approval } && await ApproveAsync(approval, cancellation) is { } refused)
                return (_steps, refused);
        }

        return (_steps, agent.Trouble);
    }

    /// <summary>The steps once more, with the effects that were recorded since.</summary>
    public async Task<IReadOnlyList<DemoStep>> RefreshAsync(IReadOnlyList<DemoStep> steps, CancellationToken cancellation)
    {
        if (await DecisionsAsync(cancellation) is not ApiResult<DecisionList>.Ok { Value.Decisions: var decisions })
            return steps;
        return [.. steps.Select(step => step with { Decision = decisions.FirstOrDefault(d => d.Id == step.Decision?.Id) ?? step.Decision })];
    }

    private async Task<Trouble?> AddAsync(JournalLine wanted, CancellationToken cancellation)
    {
        var answer = await DecisionsAsync(cancellation);
        if (answer is not ApiResult<DecisionList>.Ok { Value.Decisions: var decisions })
            return ((ApiResult<DecisionList>.Failed)answer).Trouble;
        // Newest first: the agent makes one call after the other, so its last answer is the newest record of that tool and outcome.
        var decision = decisions.FirstOrDefault(d => !_matched.Contains(d.Id) && Fits(d, wanted));
        if (decision is not null)
            _matched.Add(decision.Id);
        var step = WithExecution(new DemoStep(_steps.Count + 1, wanted, decision, null), DeskCall.ReadAll(folder.DeskLog));
        _steps.Add(step);
        timeline.Show(step);
        return null;
    }

    /// <summary>
    /// The desk's next line belongs to a permitted step. The agent may be ahead of us, so a refused step owns a line only if that is
    /// exactly the call it wanted.
    /// </summary>
    private DemoStep WithExecution(DemoStep step, IReadOnlyList<DeskCall> calls)
    {
        if (!step.IsPermitted)
            return step with { Executed = calls.Skip(_executed).FirstOrDefault(call => call.Is(step.Wanted)) };
        return _executed < calls.Count ? step with { Executed = calls[_executed++] } : step;
    }

    private async Task<Trouble?> ApproveAsync(string id, CancellationToken cancellation)
    {
        var path = $"/v1/approvals/{Uri.EscapeDataString(id)}";
        if (await api.GetAsync(path, ApiJson.Default.ApprovalView, cancellation) is not ApiResult<ApprovalView>.Ok { Value: var seen })
            return new Trouble(ExitCode.Failed, $"the request {id} cannot be seen");
        var answer = await api.PostAsync(path + "/approve", null, ApiJson.Default.ApprovalAnswer, cancellation);
        if (answer is ApiResult<ApprovalAnswer>.Failed failed)
            return failed.Trouble;
        timeline.ShowApproval(seen);
        return null;
    }

    private Task<ApiResult<DecisionList>> DecisionsAsync(CancellationToken cancellation) =>
        api.GetAsync("/v1/decisions?limit=500", ApiJson.Default.DecisionList, cancellation);

    private static bool Fits(DecisionView decision, JournalLine wanted) =>
        decision.Action.EndsWith("/" + wanted.Tool, StringComparison.Ordinal)
        && (decision.Outcome == wanted.Outcome || (wanted.Outcome is "ALLOW" or "FAILED" && decision.Outcome == "ALLOW_WITH_CONSTRAINTS"));
}

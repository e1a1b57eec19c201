using System.Collections.Immutable;
using System.Diagnostics;
using Writ.Governance.Decisions;
using Writ.Governance.Policies.Remedies;

namespace Writ.Governance.Policies.Testing;

/// <summary>What would be decided about a call. Immutable.</summary>
public sealed record TrialAnswer
{
    public required Outcome Outcome { get; init; }

    /// <summary>The gate that ended the walk.</summary>
    public required string Gate { get; init; }

    /// <summary>The stable code of a refusal.</summary>
    public string? Code { get; init; }

    /// <summary>Why it is refused, for people.</summary>
    public string? Detail { get; init; }

    /// <summary>The rules that decided, as <c>bundle/rule</c>, sorted.</summary>
    public ImmutableArray<string> Rules { get; init; } = [];

    /// <summary>The constraints as a policy would write them, sorted.</summary>
    public ImmutableArray<string> Constraints { get; init; } = [];

    /// <summary>Who may approve, sorted.</summary>
    public ImmutableArray<string> Approvers { get; init; } = [];

    /// <summary>What is offered instead.</summary>
    public Remedy? Remedy { get; init; }

    /// <summary>With what the call would run, where it would at once.</summary>
    public Arguments? Runs { get; init; }

    /// <summary>Whether a constraint changed the arguments.</summary>
    public bool Changed { get; init; }

    /// <summary>Says a gate's result in these words.</summary>
    /// <param name="result">What ended the walk.</param>
    /// <param name="asked">The arguments that were asked with.</param>
    /// <param name="gate">Who answered.</param>
    public static TrialAnswer Of(GateResult result, Arguments asked, string gate) => result switch
    {
        GateResult.Permitted permitted => new TrialAnswer
        {
            Outcome = permitted.Constraints.IsEmpty ? Outcome.Allow : Outcome.AllowWithConstraints,
            Gate = gate,
            Rules = permitted.Rules,
            Constraints = [.. permitted.Constraints.Items.Select(c => c.ToString()).Order(StringComparer.Ordinal)],
            Runs = permitted.EffectiveArguments,
            Changed = permitted.EffectiveArguments.Digest != asked.Digest,
        },
        GateResult.Held held => new TrialAnswer
        {
            Outcome = Outcome.RequireApproval,
            Gate = gate,
            Code = ReasonCodes.ApprovalRequired.Code,
            Rules = held.Rules,
            Approvers = [.. held.Demand.Asks.SelectMany(ask => ask.Approvers).Select(a => a.ToString()!).Distinct().Order(StringComparer.Ordinal)],
        },
        GateResult.Remedied remedied => new TrialAnswer
        {
            Outcome = Outcome.Remediate, Gate = gate, Code = ReasonCodes.SaferVariant.Code, Rules = remedied.Rules, Remedy = remedied.Remedy,
        },
        GateResult.Denied denied => new TrialAnswer { Outcome = Outcome.Deny, Gate = gate, Code = denied.Code.Code, Detail = denied.Detail, Rules = denied.Rules },
        GateResult.Passed => new TrialAnswer { Outcome = Outcome.Deny, Gate = gate, Code = ReasonCodes.NoPolicyPermits.Code, Detail = "no gate permitted the action" },
        _ => throw new UnreachableException(),
    };
}

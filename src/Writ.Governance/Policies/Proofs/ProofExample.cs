using Writ.Cedar.Authorization;
using Writ.Cedar.Entities;
using Writ.Cedar.Values;
using Writ.Governance.Decisions;

namespace Writ.Governance.Policies.Proofs;

/// <summary>A call that refutes a claim, in Cedar's words, and how it is decided.</summary>
/// <param name="Principal">The agent.</param>
/// <param name="Attributes">What is known of the agent.</param>
/// <param name="Parents">What the agent is in.</param>
/// <param name="Action">The action.</param>
/// <param name="Resource">The tool.</param>
/// <param name="Context">The context.</param>
/// <param name="Outcome">The outcome under the policies that were asked about.</param>
/// <param name="Before">The outcome under those they were compared with; null where there are none.</param>
/// <param name="Rules">The rules that decide.</param>
public sealed record ProofExample(
    string Principal, string Attributes, IReadOnlyList<string> Parents, string Action, string Resource, string Context, string Outcome, string? Before, IReadOnlyList<string> Rules)
{
    internal static ProofExample Of(Request request, EntityStore entities, Verdict verdict, Verdict? before)
    {
        entities.TryGet(request.Principal, out var principal);
        return new ProofExample(
            request.Principal.ToString(),
            (principal?.Attributes ?? RecordValue.Empty).ToString(),
            [.. principal?.Parents.Select(parent => parent.ToString()) ?? []],
            request.Action.ToString(),
            request.Resource.ToString(),
            request.Context.ToString(),
            verdict.Outcome.Word(),
            before?.Outcome.Word(),
            verdict.Rules);
    }
}

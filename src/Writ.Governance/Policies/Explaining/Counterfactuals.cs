using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Writ.Cedar.Policies;
using Writ.Governance.Decisions;
using Writ.Governance.Policies.Constraints;

namespace Writ.Governance.Policies.Explaining;

/// <summary>
/// Looks for single changes of an argument that change the outcome: the values at which the clauses of the rules in scope may turn, each
/// put in and decided by the very gates. Bounded: at most 200 are tried and 12 told.
/// </summary>
public static class Counterfactuals
{
    private const int MaxTried = 200;
    private const int MaxTold = 12;

    /// <summary>What would change the outcome of an action, the nearest of each argument and outcome.</summary>
    /// <param name="request">The action.</param>
    /// <param name="decide">Decides a changed action; consumes and records nothing.</param>
    public static async ValueTask<ImmutableArray<Counterfactual>> FindAsync(ActionRequest request, Func<ActionRequest, ValueTask<GateResult>> decide)
    {
        var now = OutcomeOf(await decide(request));
        var found = new List<Counterfactual>();
        foreach (var (path, changed) in Variations(request).Take(MaxTried))
        {
            var outcome = OutcomeOf(await decide(request with { Arguments = changed }));
            if (outcome != now && found.Count < MaxTold && !found.Any(known => known.Argument == path && known.Outcome == outcome.Word()))
                found.Add(new Counterfactual(path, ArgumentPath.Find(request.Arguments.Value, path), ArgumentPath.Find(changed.Value, path), outcome.Word()));
        }

        return [.. found];
    }

    /// <summary>The arguments that differ in one value at which a rule in scope may turn, and fit the tool.</summary>
    internal static IEnumerable<(string Path, Arguments Changed)> Variations(ActionRequest request)
    {
        var snapshot = request.Policy.Snapshot;
        if (request.Tool is not { Obstacle: null } tool || snapshot.Inquire(request.Facts, tool, request.Arguments) is not { } inquiry)
            yield break;
        foreach (var (path, value) in Candidates(snapshot, inquiry))
        {
            if (Change(request.Arguments, path, value) is { } changed && changed.Digest != request.Arguments.Digest && tool.Input!.Validate(changed.Value) is null)
                yield return (path, changed);
        }
    }

    private static IEnumerable<(string Path, JsonNode? Value)> Candidates(Snapshot snapshot, Inquiry inquiry) =>
        snapshot.Rules
            .Where(rule => ScopeMatch.Covers(rule.Policy, inquiry.Request.Principal, inquiry.Request.Action, inquiry.Request.Resource, inquiry.Entities))
            .SelectMany(rule => Clause.Of(rule.Policy))
            .SelectMany(clause => CandidateValues.Of(clause.Expression, inquiry.Request, inquiry.Entities))
            .Where(candidate => ArgumentPath.IsValid(candidate.Argument))
            .DistinctBy(candidate => (candidate.Argument, candidate.Value?.ToJsonString()));

    private static Arguments? Change(Arguments arguments, string path, JsonNode? value)
    {
        var changed = JsonObject.Create(arguments.Value)!;
        if (value is not null)
            return ArgumentPath.Set(changed, path, value.DeepClone()) ? Arguments.From(changed) : null;
        return path.Contains('.') || !changed.Remove(path) ? null : Arguments.From(changed);
    }

    private static Outcome OutcomeOf(GateResult result) => result switch
    {
        GateResult.Permitted { Constraints.IsEmpty: true } => Outcome.Allow,
        GateResult.Permitted => Outcome.AllowWithConstraints,
        GateResult.Held => Outcome.RequireApproval,
        GateResult.Remedied => Outcome.Remediate,
        _ => Outcome.Deny,
    };
}

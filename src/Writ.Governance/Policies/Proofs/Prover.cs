using Writ.Cedar.Analysis;
using Writ.Governance.Decisions;
using Writ.Governance.NamedFacts;
using Writ.Governance.Policies.Constraints;
using Writ.Governance.Registry;

namespace Writ.Governance.Policies.Proofs;

/// <summary>
/// Answers questions about every call there could be. What is proved also holds where rules fail to evaluate; what is refuted comes with a
/// call that the reference evaluator and the fold of outcomes decided. Stateless, thread safe, bounded.
/// </summary>
public static class Prover
{
    private const string Method = "case analysis";

    private static readonly ProofAnswer.Unknown GivenUp = new("the search was given up after its time; nothing was found until then");

    /// <summary>Answers a question in the language of <see cref="ProofQuestion"/>.</summary>
    /// <param name="text">The question.</param>
    /// <param name="bundles">The bundles that decide together.</param>
    /// <param name="state">The tools that there are; null where nothing is known of them.</param>
    /// <param name="aid">What helps where case analysis leaves it open; null for none.</param>
    public static ProofAnswer Answer(string text, IEnumerable<BundleArchive> bundles, OrganizationState? state, ProofAid? aid = null)
    {
        if (ProofQuestion.Parse(text, out var wrong) is not { } question)
            return new ProofAnswer.Invalid(wrong!);
        if (OutcomeClaims.Of(bundles, out wrong) is not { } rules)
            return new ProofAnswer.Invalid(wrong!);
        var action = Vocabulary.Action(question.Action);
        RequestSpace[] spaces = [.. (state is null ? [] : CallSpaces.Of(state, rules.Facts)).Where(space => space.Entities.IsIn(space.Action, action))];
        if (spaces.Length == 0)
            spaces = [.. CallSpaces.OfName(question.Action)];
        if (spaces.Length == 0)
            return new ProofAnswer.Invalid($"no tool is '{question.Action}' or in it: name one as tool/<server>/<tool>, or show the tools of the group");

        List<Claim> parts = [rules.Level(question.Unless == ProofDemand.Approval ? 1 : 2)];
        if (question.When is { } when)
            parts.Add(new Claim.Holds(when));
        if (question.Kind is { } kind)
            parts.AddRange(rules.Rules.Where(rule => rule.Discharge is Discharge.ByConstraint { Constraint: var its } && its.Kind == kind).Select(rule => new Claim.Unsatisfied(rule.Policy)));
        return Search(Claim.Both(parts), spaces, rules.Facts, found =>
        {
            var verdict = rules.Decide(found.Request, found.Entities);
            var runs = verdict.Outcome is Outcome.Allow or Outcome.AllowWithConstraints || (verdict.Outcome is Outcome.RequireApproval && question.Unless != ProofDemand.Approval);
            return runs && !verdict.Constraints.Items.Any(constraint => constraint.Kind == question.Kind) ? ProofExample.Of(found.Request, found.Entities, verdict, null) : null;
        }, aid);
    }

    /// <summary>
    /// Whether no call fares better under one set of bundles than under another: no outcome is looser, and every constraint and approval that
    /// held is held by one at least as strict. It speaks of the tools that there are and of any that may come.
    /// </summary>
    /// <param name="candidate">The bundles that would decide.</param>
    /// <param name="current">The bundles that decide now.</param>
    /// <param name="state">The tools that there are; null where nothing is known of them.</param>
    /// <param name="maxSteps">How many steps each search takes at most.</param>
    /// <param name="aid">What helps where case analysis leaves it open; null for none.</param>
    /// <param name="end">Ends between two searches: what was not settled by then is unknown.</param>
    public static ProofAnswer NotLooser(
        IEnumerable<BundleArchive> candidate, IEnumerable<BundleArchive> current, OrganizationState? state, int maxSteps = Analyzer.DefaultSteps,
        ProofAid? aid = null, CancellationToken end = default)
    {
        if (OutcomeClaims.Of(candidate, out var wrong) is not { } after || OutcomeClaims.Of(current, out wrong) is not { } before)
            return new ProofAnswer.Invalid(wrong!);
        if (ConstraintSet.Meet(before.Rules.Select(rule => rule.Discharge).OfType<Discharge.ByConstraint>().Select(discharge => discharge.Constraint)) is null)
            return new ProofAnswer.Unknown("constraints of the current bundles can exclude each other, which denies: that is not followed");
        var facts = FactDeclarations.Join([before.Facts, after.Facts], out var clash);
        if (clash is not null)
            return new ProofAnswer.Unknown($"{clash}: that is not followed");
        RequestSpace[] spaces = [.. state is null ? [] : CallSpaces.Of(state, facts), .. CallSpaces.OfRules(after.Rules.Concat(before.Rules))];

        ProofAnswer? doubt = null;
        var method = Method;
        foreach (var claim in Enumerable.Range(0, OutcomeClaims.Levels).Select(level => Claim.Both(after.Level(level), new Claim.Not(before.Level(level)))).Concat(Strictness.Weakened(after, before)))
        {
            var answer = Search(claim, spaces, facts, found =>
            {
                var (now, then) = (after.Decide(found.Request, found.Entities), before.Decide(found.Request, found.Entities));
                return Strictness.IsWeaker(now, then) ? ProofExample.Of(found.Request, found.Entities, now, then) : null;
            }, aid, maxSteps, end);
            if (answer is ProofAnswer.Refuted)
                return answer;
            doubt ??= answer as ProofAnswer.Unknown;
            if (answer is ProofAnswer.Proved { Method: not Method } proved)
                method = proved.Method;
            if (end.IsCancellationRequested)
                return doubt ?? GivenUp;
        }

        return doubt ?? new ProofAnswer.Proved(method);
    }

    private static ProofAnswer Search(
        Claim claim, RequestSpace[] spaces, FactDeclarations facts, Func<SearchResult.Found, ProofExample?> example, ProofAid? aid, int maxSteps = Analyzer.DefaultSteps, CancellationToken end = default)
    {
        ProofAnswer? doubt = null;
        var method = Method;
        foreach (var space in spaces)
        {
            if (end.IsCancellationRequested)
                return GivenUp;
            var result = Analyzer.Find(claim, space, maxSteps);
            if (result is SearchResult.Unknown && aid?.Settle(claim, space) is { } settled)
            {
                result = settled;
                method = aid.Method;
            }

            switch (result)
            {
                case SearchResult.Found found when example(found with { Request = ExampleFacts.Grounded(found.Request, facts) }) is { } shown:
                    return new ProofAnswer.Refuted(shown);
                case SearchResult.Found:
                    doubt ??= new ProofAnswer.Unknown($"{space.Action}: the call that was found is decided otherwise, by constraints that exclude each other, or by the facts that its arguments make");
                    break;
                case SearchResult.Unknown unknown:
                    doubt ??= new ProofAnswer.Unknown($"{space.Action}: {unknown.Reason}");
                    break;
            }
        }

        return doubt ?? new ProofAnswer.Proved(method);
    }
}

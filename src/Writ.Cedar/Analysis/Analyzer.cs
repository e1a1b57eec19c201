using Writ.Cedar.Authorization;
using Writ.Cedar.Entities;

namespace Writ.Cedar.Analysis;

/// <summary>
/// Looks for a request of a space that makes a claim about policies true, by reasoning about all of them at once. That there is none is a
/// proof, errors of evaluation and values that could not be represented included; one that is found was shown to the reference evaluator.
/// What cannot be settled within the bound is unknown. Stateless and thread safe; the same input gives the same answer.
/// </summary>
public static class Analyzer
{
    /// <summary>How many steps a search takes at most by default: about a second.</summary>
    public const int DefaultSteps = 200_000;

    /// <summary>Looks for a request.</summary>
    /// <param name="claim">What is to be true.</param>
    /// <param name="space">Which requests there are.</param>
    /// <param name="maxSteps">How many steps to take, at least 1.</param>
    public static SearchResult Find(Claim claim, RequestSpace space, int maxSteps = DefaultSteps)
    {
        ArgumentNullException.ThrowIfNull(claim);
        ArgumentNullException.ThrowIfNull(space);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxSteps, 1);
        var formula = new Translator(space).Of(claim);
        return new Search(space, (request, entities) => IsTrue(claim, request, entities), maxSteps).Run(formula);
    }

    /// <summary>Whether a claim is true of one request, by the reference evaluator.</summary>
    public static bool IsTrue(Claim claim, Request request, EntityStore entities)
    {
        ArgumentNullException.ThrowIfNull(claim);
        return new ClaimCheck(request, entities).IsTrue(claim);
    }
}

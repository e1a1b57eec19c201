using Writ.Cedar.Analysis;
using Writ.Cedar.Analysis.Smt;

namespace Writ.Governance.Policies.Proofs;

/// <summary>
/// What helps where case analysis leaves a question open: it is written as SMT-LIB, and a solver is asked where there is one. Its proof
/// counts; a call that it names counts once the reference evaluator has decided it. Not thread safe.
/// </summary>
/// <param name="solver">Who is asked; null to write the questions only.</param>
public sealed class ProofAid(SmtSolver? solver)
{
    private readonly List<SmtScript> _scripts = [];

    /// <summary>The questions that case analysis left open, in the order in which they came up.</summary>
    public IReadOnlyList<SmtScript> Scripts => _scripts;

    /// <summary>How answers name the help.</summary>
    internal string Method => solver is null ? "case analysis" : $"case analysis and {solver.Name}";

    /// <summary>What the solver makes of a question; null where it cannot be asked.</summary>
    internal SearchResult? Settle(Claim claim, RequestSpace space)
    {
        if (SmtScript.Of(claim, space) is not { } script)
            return null;
        _scripts.Add(script);
        return solver is null ? null : script.Ask(solver);
    }
}

using System.Globalization;
using System.Text;
using Writ.Cedar.Authorization;
using Writ.Cedar.Entities;

namespace Writ.Cedar.Analysis.Smt;

/// <summary>
/// The question whether some request of a space makes a claim true, in SMT-LIB 2.6: texts, integers, one datatype. Every such request is a
/// model of it, so <c>unsat</c> is a proof; a model need not be such a request, and is shown to the reference evaluator. Immutable.
/// </summary>
public sealed class SmtScript
{
    private const int MaxFormulas = 50_000;

    private readonly Claim _claim;
    private readonly RequestSpace _space;
    private readonly List<Term> _terms;
    private readonly List<Fact> _facts;

    private SmtScript(Claim claim, RequestSpace space, string text, List<Term> terms, List<Fact> facts)
    {
        (_claim, _space, Text) = (claim, space, text);
        (_terms, _facts) = (terms, facts);
    }

    /// <summary>What a solver is given.</summary>
    public string Text { get; }

    /// <summary>Writes the question; null where it would be too long for a solver to be worth asking.</summary>
    public static SmtScript? Of(Claim claim, RequestSpace space)
    {
        ArgumentNullException.ThrowIfNull(claim);
        ArgumentNullException.ThrowIfNull(space);
        var places = new SmtPlaces(space);
        var facts = new SmtFacts(space, places);
        var (names, atoms, lines) = (new Dictionary<object, string>(), new List<Fact>(), new List<string>());
        var root = Name(new Translator(space).Of(claim));
        if (names.Count > MaxFormulas)
            return null;

        // Writing what is certain may bring further values with it, so that it comes after what is asked and is printed before it.
        var (declarations, assertions) = places.Certain();
        var text = new StringBuilder()
            .AppendLine("; Whether a request makes the claim true: unsat means that none does.")
            .AppendLine("(set-option :produce-models true)").AppendLine("(set-logic ALL)").AppendLine(SmtPlaces.Prelude);
        foreach (var line in declarations.Concat(assertions.Where(assertion => assertion != "true").Select(assertion => $"(assert {assertion})")).Concat(facts.Declarations).Concat(lines))
            text.AppendLine(line);
        text.AppendLine(CultureInfo.InvariantCulture, $"(assert {root})").AppendLine("(check-sat)");
        foreach (var asked in Enumerable.Range(0, places.Terms.Count).SelectMany(i => new[] { $"a{i}", $"v{i}" }).Concat(atoms.Select((_, i) => $"f{i}")).Chunk(100))
            text.AppendLine(CultureInfo.InvariantCulture, $"(get-value ({string.Join(' ', asked)}))");
        return new SmtScript(claim, space, text.ToString(), places.Terms, atoms);

        string Name(Formula formula)
        {
            object key = formula is Formula.Atom { Fact: var its } ? its : formula;
            if (names.TryGetValue(key, out var known) || names.Count > MaxFormulas)
                return known ?? "false";
            string name;
            switch (formula)
            {
                case Formula.Atom atom:
                    name = string.Create(CultureInfo.InvariantCulture, $"f{atoms.Count}");
                    atoms.Add(atom.Fact);
                    lines.Add($"(define-fun {name} () Bool {facts.Of(atom.Fact)})");
                    break;
                case Formula.AllOf all:
                    name = Joined(SmtText.Both([.. all.Parts.Select(Name)]));
                    break;
                case Formula.AnyOf any:
                    name = Joined(SmtText.Either([.. any.Parts.Select(Name)]));
                    break;
                default:
                    throw new System.Diagnostics.UnreachableException();
            }

            names.Add(key, name);
            return name;
        }

        string Joined(string joined)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"g{lines.Count}");
            lines.Add($"(define-fun {name} () Bool {joined})");
            return name;
        }
    }

    /// <summary>Asks a solver. What it finds was shown to the reference evaluator.</summary>
    public SearchResult Ask(SmtSolver solver)
    {
        ArgumentNullException.ThrowIfNull(solver);
        return Read(solver.Solve(Text), solver.Name);
    }

    internal SearchResult Read(string answer, string solver)
    {
        if (answer.StartsWith("unsat", StringComparison.Ordinal))
            return SearchResult.Impossible.Instance;
        if (!answer.StartsWith("sat", StringComparison.Ordinal))
            return new SearchResult.Unknown($"{solver} gave no answer within its time and memory");
        return (SearchResult?)Example(SmtModel.Read(answer)) ?? new SearchResult.Unknown($"{solver} excludes nothing, and its model is no request");
    }

    private SearchResult.Found? Example(SmtModel model)
    {
        var state = new SearchState(_space);
        for (var i = 0; i < _facts.Count; i++)
        {
            if (_facts[i] is not Fact.Opaque && model.IsTrue($"f{i}"))
                state = state.With(_facts[i]) ?? state;
        }

        for (var i = 0; i < _terms.Count; i++)
        {
            if (model.Access($"a{i}") is not { } access)
                continue;
            state = state.With(new Fact.Standing(_terms[i], access)) ?? state;
            if (access == Access.Readable && model.Value($"v{i}") is { } value)
                state = state.With(new Fact.Is(_terms[i], value, true)) ?? state;
        }

        for (var attempt = 0; attempt < ExampleBuilder.Attempts; attempt++)
        {
            if (new ExampleBuilder(state, attempt).Build() is var (request, entities) && Analyzer.IsTrue(_claim, request, entities))
                return new SearchResult.Found(request, entities);
        }

        return null;
    }
}

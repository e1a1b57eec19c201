using Writ.Governance.Schemas.Rules;

namespace Writ.Governance.Schemas.Patterns;

/// <summary>
/// A compiled <c>pattern</c>, with the meaning of ECMA-262 in Unicode mode. It runs on an automaton of its own: the backtracking engine of .NET is
/// open to catastrophic patterns; its non-backtracking one, which cannot be combined with its ECMAScript mode, was seen to spend 24 seconds
/// on a small pattern with nested counts, its time-out of half a second notwithstanding. Immutable and thread safe.
/// </summary>
internal sealed class SchemaPattern
{
    /// <summary>The most characters of a pattern.</summary>
    public const int MaxLength = 4_096;

    /// <summary>The most states of a pattern, repetitions counted out.</summary>
    public const int MaxSize = 25_000;

    private readonly IReadOnlyList<(PatternProgram Program, bool MustMatch)> _conditions;

    private SchemaPattern(string source, IReadOnlyList<(PatternProgram Program, bool MustMatch)> conditions)
    {
        Source = source;
        Size = conditions.Sum(condition => condition.Program.Size);
        _conditions = conditions;
    }

    public string Source { get; }

    /// <summary>How many states the pattern takes.</summary>
    public int Size { get; }

    /// <summary>The compiled pattern, or the reason why there is none.</summary>
    public static SchemaPattern? Compile(string source, out string? problem)
    {
        problem = null;
        if (source.Length > MaxLength)
        {
            problem = $"expected a pattern of at most {MaxLength} characters";
            return null;
        }

        var parser = new PatternParser(source);
        if (parser.Parse() is not { } parsed)
        {
            problem = $"the pattern has {parser.Problem}";
            return null;
        }

        var conditions = new List<(PatternProgram, bool)>();
        foreach (var (node, mustMatch) in parsed)
        {
            if (new PatternAssembler(MaxSize).Assemble(node) is not { } program)
            {
                problem = $"expected a pattern whose repetitions unfold to at most {MaxSize} states";
                return null;
            }

            conditions.Add((program, mustMatch));
        }

        return new(source, conditions);
    }

    /// <summary>Whether the pattern occurs in the text; without a meaning where the run is exhausted on the way.</summary>
    public bool Occurs(string text, Evaluation run)
    {
        foreach (var (program, mustMatch) in _conditions)
        {
            if (program.Occurs(text, run) != mustMatch)
                return false;
        }

        return true;
    }
}

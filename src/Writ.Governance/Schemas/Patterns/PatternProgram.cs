using System.Buffers;
using System.Text;
using Writ.Governance.Schemas.Rules;

namespace Writ.Governance.Schemas.Patterns;

/// <summary>
/// A pattern as an automaton, and its run over a text: all states at once, one code point after the other (Thompson 1968). The time is at most the
/// length of the text times the size of the program whatever the pattern is, and each visit to a state is paid for. Immutable.
/// </summary>
internal sealed class PatternProgram(PatternStep[] steps, int start)
{
    /// <summary>How many visits to states one evaluation step pays for.</summary>
    private const int VisitsPerStep = 256;

    private static readonly CodePointClass Word = CodePointSet.OfEscape('w')!.ToClass();

    // A pattern that starts with ^ can begin nowhere else.
    private readonly bool _isAnchored = steps[start] is { Kind: PatternStepKind.Assert, Assertion: PatternAssertion.Start };

    public int Size => steps.Length;

    /// <summary>Whether the pattern occurs in the text; false where the effort is spent before that is known.</summary>
    public bool Occurs(string text, Evaluation run)
    {
        var rented = ArrayPool<int>.Shared.Rent(4 * steps.Length);
        try
        {
            rented.AsSpan(0, 4 * steps.Length).Clear();
            return run.Spend(1 + (steps.Length / VisitsPerStep)) && Occurs(text, run, rented);
        }
        finally
        {
            ArrayPool<int>.Shared.Return(rented);
        }
    }

    private bool Occurs(string text, Evaluation run, int[] memory)
    {
        var states = new PatternStates(memory, steps.Length);
        var visits = 0;
        var before = -1;
        for (var at = 0; ; )
        {
            // Lone surrogates do not reach this place: a text that has one is not read.
            var next = at < text.Length && Rune.TryGetRuneAt(text, at, out var rune) ? rune.Value : -1;
            if (!_isAnchored || at == 0)
                states.Open(start);
            while (states.TryTake(out var state))
            {
                if (++visits % VisitsPerStep == 0 && !run.Spend(1))
                    return false;
                var step = steps[state];
                switch (step.Kind)
                {
                    case PatternStepKind.Match:
                        return true;
                    case PatternStepKind.Fork:
                        states.Open(step.Next);
                        states.Open(step.Other);
                        break;
                    case PatternStepKind.Assert when Holds(step.Assertion, before, next):
                        states.Open(step.Next);
                        break;
                    case PatternStepKind.One when next >= 0 && step.Class!.Contains(next):
                        states.Keep(step.Next);
                        break;
                }
            }

            if (next < 0 || (!states.Advance() && _isAnchored))
                return false;
            before = next;
            at += next > 0xFFFF ? 2 : 1;
        }
    }

    private static bool Holds(PatternAssertion assertion, int before, int next) => assertion switch
    {
        PatternAssertion.Start => before < 0,
        PatternAssertion.End => next < 0,
        _ => (IsWord(before) != IsWord(next)) == (assertion == PatternAssertion.WordBoundary),
    };

    private static bool IsWord(int codePoint) => codePoint >= 0 && Word.Contains(codePoint);
}

namespace Writ.Governance.Schemas.Patterns;

/// <summary>Lays a parsed pattern out as the states of a <see cref="PatternProgram"/>, each node in front of what follows it.</summary>
internal sealed class PatternAssembler(int maxSize)
{
    private readonly List<PatternStep> _steps = [];

    /// <summary>The program, or null when it takes more than the largest size.</summary>
    public PatternProgram? Assemble(PatternNode node)
    {
        var start = Lay(node, Add(new(PatternStepKind.Match)));
        return _steps.Count > maxSize ? null : new([.. _steps], start);
    }

    private int Lay(PatternNode node, int next)
    {
        if (_steps.Count > maxSize)
            return next;
        switch (node)
        {
            case PatternNode.One one:
                return Add(new(PatternStepKind.One, next, Class: one.Class));
            case PatternNode.Assertion assertion:
                return Add(new(PatternStepKind.Assert, next, Assertion: assertion.Kind));
            case PatternNode.Sequence sequence:
                for (var i = sequence.Parts.Count - 1; i >= 0; i--)
                    next = Lay(sequence.Parts[i], next);
                return next;
            case PatternNode.Choice choice:
                var chosen = Lay(choice.Alternatives[^1], next);
                for (var i = choice.Alternatives.Count - 2; i >= 0; i--)
                    chosen = Add(new(PatternStepKind.Fork, Lay(choice.Alternatives[i], next), chosen));
                return chosen;
            default:
                return LayRepetition((PatternNode.Repetition)node, next);
        }
    }

    private int LayRepetition(PatternNode.Repetition repetition, int next)
    {
        var first = next;
        if (repetition.Most is { } most)
        {
            // Each optional turn may also leave for good.
            for (var turn = repetition.Least; turn < most && _steps.Count <= maxSize; turn++)
                first = Add(new(PatternStepKind.Fork, Lay(repetition.Body, first), next));
        }
        else
        {
            first = Add(new(PatternStepKind.Fork, 0, next));
            _steps[first] = _steps[first] with { Next = Lay(repetition.Body, first) };
        }

        for (var turn = 0; turn < repetition.Least && _steps.Count <= maxSize; turn++)
        {
            var laid = Lay(repetition.Body, first);
            if (laid == first)
                break; // a body of nothing stays nothing, however often
            first = laid;
        }

        return first;
    }

    private int Add(PatternStep step)
    {
        _steps.Add(step);
        return _steps.Count - 1;
    }
}

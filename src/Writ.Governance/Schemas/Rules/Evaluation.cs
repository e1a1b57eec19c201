namespace Writ.Governance.Schemas.Rules;

/// <summary>
/// The effort one validation may take. Sub-schemas that refer to one another can ask for exponential work on a small instance, so
/// every step is counted; once the count is spent nothing succeeds any more and the validation as a whole is a violation.
/// </summary>
internal sealed class Evaluation(long steps)
{
    // Recursion of Subschema.Check; far above what an instance within its own depth limit needs.
    private const int MaxDepth = 512;

    private long _steps = steps;
    private int _depth;

    public bool Exhausted { get; private set; }

    /// <summary>Takes steps from the rest; false when there were too few.</summary>
    public bool Spend(long steps)
    {
        _steps -= steps;
        return _steps >= 0 ? !Exhausted : Exhaust();
    }

    public bool Enter() => ++_depth <= MaxDepth ? Spend(1) : Exhaust();

    public void Leave() => _depth--;

    private bool Exhaust()
    {
        Exhausted = true;
        return false;
    }
}

namespace Writ.Cedar.Validation.Typing;

/// <summary>The work that checking one policy may still take. Types can be large, and there can be many kinds of requests.</summary>
internal sealed class Effort
{
    private int _left = Validator.MaxEffort;

    public bool IsSpent => _left <= 0;

    /// <summary>Takes steps; false when none is left.</summary>
    public bool Spend(int steps = 1)
    {
        if (_left <= 0)
            return false;
        _left -= steps;
        return true;
    }
}

namespace Writ.Governance.Schemas.Patterns;

/// <summary>
/// The states of a running <see cref="PatternProgram"/>: those open at this place of the text, each at most once, and those kept for the next
/// place. All in one piece of memory of four numbers a state, zeroed by the caller.
/// </summary>
internal ref struct PatternStates(int[] memory, int size)
{
    // Which generation (place of the text) a state was last opened or kept in.
    private readonly Span<int> _openedIn = memory.AsSpan(0, size);
    private readonly Span<int> _keptIn = memory.AsSpan(size, size);
    private readonly Span<int> _open = memory.AsSpan(2 * size, size);
    private readonly Span<int> _kept = memory.AsSpan(3 * size, size);
    private int _openCount;
    private int _keptCount;
    private int _generation = 1;

    public void Open(int state)
    {
        if (_openedIn[state] == _generation)
            return;
        _openedIn[state] = _generation;
        _open[_openCount++] = state;
    }

    public bool TryTake(out int state)
    {
        state = 0;
        if (_openCount == 0)
            return false;
        state = _open[--_openCount];
        return true;
    }

    public void Keep(int state)
    {
        if (_keptIn[state] == _generation)
            return;
        _keptIn[state] = _generation;
        _kept[_keptCount++] = state;
    }

    /// <summary>Goes to the next place; false when no state came along.</summary>
    public bool Advance()
    {
        _generation++;
        var count = _keptCount;
        _keptCount = 0;
        for (var i = 0; i < count; i++)
            Open(_kept[i]);
        return count > 0;
    }
}

using Writ.Governance.Folds;

namespace Writ.Governance.Limits;

/// <summary>When the calls of one count were permitted, as far as they still count. Used under its book's lock.</summary>
internal sealed class RateWindow(TimeSpan length)
{
    private readonly List<DateTimeOffset> _calls = [];

    /// <summary>How many calls lie within the window that ends now.</summary>
    public int CountAt(DateTimeOffset now)
    {
        now = Later(now);
        var gone = 0;
        while (gone < _calls.Count && now - _calls[gone] >= length)
            gone++;
        _calls.RemoveRange(0, gone);
        return _calls.Count;
    }

    /// <summary>Counts a call; returns the time it is counted at.</summary>
    public DateTimeOffset Add(DateTimeOffset at)
    {
        at = Later(at);
        _calls.Add(at);
        return at;
    }

    public void Remove(DateTimeOffset at)
    {
        if (_calls.LastIndexOf(at) is >= 0 and var index)
            _calls.RemoveAt(index);
    }

    public void WriteTo(FoldWriter writer)
    {
        writer.Number(_calls.Count);
        foreach (var at in _calls)
            writer.Time(at);
    }

    public void ReadFrom(FoldReader reader)
    {
        for (var calls = reader.Count(); calls > 0; calls--)
            _calls.Add(reader.Time());
    }

    /// <summary>A clock that is set back, or a call that was overtaken, frees nothing.</summary>
    private DateTimeOffset Later(DateTimeOffset at) => _calls.Count > 0 && _calls[^1] > at ? _calls[^1] : at;
}

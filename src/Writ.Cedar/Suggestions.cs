namespace Writ.Cedar;

/// <summary>The suggestions of one reading or validation. Each is looked for once, and only so many are: an input full of faults costs no more.</summary>
internal sealed class Suggestions
{
    private const int Max = 200;

    private readonly Dictionary<string, string> _known = new(StringComparer.Ordinal);

    /// <summary>What <paramref name="find"/> answers for the key, or nothing when enough was looked for.</summary>
    public string For(string key, Func<string> find)
    {
        if (_known.TryGetValue(key, out var known))
            return known;
        if (_known.Count == Max)
            return "";
        var found = find();
        _known.Add(key, found);
        return found;
    }
}

using System.Text.Json;

namespace Writ.Governance.NamedFacts;

/// <summary>
/// The answers that one decision rests on. A question keeps its first answer, so that every policy, and the record, sees the same one.
/// Questions without one are kept for whoever looks up, at most <see cref="MaxQuestions"/>. Thread safe.
/// </summary>
/// <param name="stated">Answers of a trial or a recording, an object from the name of a source to its members; undefined where there are none.</param>
public sealed class FactSheet(JsonElement stated = default)
{
    /// <summary>The most questions of one decision; what is beyond stays unavailable.</summary>
    public const int MaxQuestions = 64;

    private readonly Lock _lock = new();
    private Dictionary<string, FactReading>? _known;
    private List<FactQuery>? _missing;

    /// <summary>Whether nobody is to be asked: an explanation uses only answers that are kept anyway.</summary>
    public bool OnlyKept { get; private set; }

    /// <summary>From now on nobody is asked.</summary>
    internal void AskNobody() => OnlyKept = true;

    /// <summary>The names of sources that have no answer, sorted.</summary>
    public IEnumerable<string> Unanswered
    {
        get
        {
            lock (_lock)
                return [.. (_missing ?? []).Select(query => query.Source.Name).Distinct().Order(StringComparer.Ordinal)];
        }
    }

    /// <summary>What a trial or a recording says of a source; null where it says nothing.</summary>
    internal FactReading? Stated(FactSource source) =>
        stated.ValueKind == JsonValueKind.Object && stated.TryGetProperty(source.Name, out var answer)
            ? new FactReading(source.ReadRecorded(answer), null, "stated")
            : null;

    /// <summary>The answer; null where the question has none yet.</summary>
    internal FactReading? Find(FactQuery query)
    {
        lock (_lock)
        {
            if (_known?.GetValueOrDefault(query.Identity) is { } reading)
                return reading;
            _missing ??= [];
            if (_missing.Count + (_known?.Count ?? 0) < MaxQuestions && !_missing.Any(known => known.Identity == query.Identity))
                _missing.Add(query);
            return null;
        }
    }

    /// <summary>The questions without an answer.</summary>
    internal IReadOnlyList<FactQuery> Missing
    {
        get
        {
            lock (_lock)
                return _missing is null ? [] : [.. _missing];
        }
    }

    internal void Add(FactQuery query, FactReading reading)
    {
        lock (_lock)
        {
            (_known ??= new(StringComparer.Ordinal)).TryAdd(query.Identity, reading);
            _missing?.RemoveAll(known => known.Identity == query.Identity);
        }
    }
}

using System.Collections.Immutable;
using Writ.Cedar.Values;
using Writ.Governance.Decisions;
using Writ.Governance.Tools;

namespace Writ.Governance.NamedFacts;

/// <summary>The named facts that are made for one tool. Immutable, thread safe.</summary>
internal sealed class FactPlan
{
    private FactPlan(ImmutableArray<DerivedFact> derived, ImmutableArray<FactSource> sources) => (Derived, Sources) = (derived, sources);

    public static FactPlan Empty { get; } = new([], []);

    public ImmutableArray<DerivedFact> Derived { get; }

    public ImmutableArray<FactSource> Sources { get; }

    public bool IsEmpty => Derived.IsEmpty && Sources.IsEmpty;

    public static FactPlan Of(FactDeclarations declarations, Tool tool) => declarations.IsEmpty
        ? Empty
        : new([.. declarations.Derived.Where(d => d.Coverage.Covers(tool))], [.. declarations.Sources.Where(s => s.Coverage.Covers(tool))]);

    /// <summary>Every fact for these arguments, derived ones first; what is unknown is poison.</summary>
    public IEnumerable<NamedFact> All(Arguments arguments, FactSheet sheet)
    {
        foreach (var derived in Derived)
            yield return new NamedFact(derived.Declaration.Name, $"derived/{derived.Declaration.Detector}", derived.Of(arguments.Value), null);
        foreach (var source in Sources)
        {
            var reading = ReadingOf(source, arguments, sheet);
            yield return new NamedFact(source.Name, $"source/{source.Declaration.Kind}", reading.Value, reading);
        }
    }

    public Value DerivedValue(Arguments arguments)
    {
        if (Derived.IsEmpty)
            return RecordValue.Empty;
        var record = new RecordBuilder(Derived.Length);
        foreach (var derived in Derived)
            record.Add(derived.Declaration.Name, derived.Of(arguments.Value));
        return record.Build();
    }

    public Value SourceValue(Arguments arguments, FactSheet sheet)
    {
        if (Sources.IsEmpty)
            return RecordValue.Empty;
        var record = new RecordBuilder(Sources.Length);
        foreach (var source in Sources)
            record.Add(source.Name, ReadingOf(source, arguments, sheet).Value);
        return record.Build();
    }

    private static FactReading ReadingOf(FactSource source, Arguments arguments, FactSheet sheet)
    {
        if (sheet.Stated(source) is { } stated)
            return stated;
        if (source.Ask(arguments.Value) is not { } query)
            return FactReading.Unavailable(source, "the arguments do not hold its key");
        if (source.Rows is { } rows)
            return rows.TryGetValue(query.Key, out var row) ? new FactReading(row, null, "bundle") : FactReading.Unavailable(source, "the table has no such row");
        return sheet.Find(query) ?? FactReading.Unavailable(source, "it was not looked up");
    }
}

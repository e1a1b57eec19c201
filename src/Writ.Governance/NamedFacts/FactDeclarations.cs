using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Writ.Governance.Policies;
using Writ.Governance.Records;

namespace Writ.Governance.NamedFacts;

/// <summary>The named facts of a bundle, or of all active bundles together. Immutable, thread safe.</summary>
/// <param name="Derived">What policies read under <c>context.derived</c>.</param>
/// <param name="Sources">What policies read under <c>context.facts</c>.</param>
public sealed record FactDeclarations(ImmutableArray<DerivedFact> Derived, ImmutableArray<FactSource> Sources)
{
    /// <summary>The most derived facts of a bundle.</summary>
    public const int MaxDerived = 32;

    /// <summary>The most sources of a bundle.</summary>
    public const int MaxSources = 16;

    public static FactDeclarations None { get; } = new([], []);

    public bool IsEmpty => Derived.IsEmpty && Sources.IsEmpty;

    /// <summary>The facts that a bundle declares; none where what it declares is wrong.</summary>
    public static FactDeclarations Of(BundleArchive archive) =>
        archive.Files.FirstOrDefault(f => f.Path == FactFile.Name) is { } file ? Read(file, ImmutableArray.CreateBuilder<PolicyProblem>()) : None;

    /// <summary>Reads a <c>facts.json</c>. What is wrong is reported with line and column where the JSON tells, else by the place in the document.</summary>
    internal static FactDeclarations Read(BundleFile file, ImmutableArray<PolicyProblem>.Builder problems)
    {
        FactFile? read;
        try
        {
            read = JsonSerializer.Deserialize<FactFile>(file.Text, StrictJson.Options);
        }
        catch (JsonException problem)
        {
            problems.Add(new PolicyProblem(file.Path, (int)(problem.LineNumber ?? -1) + 1, (int)(problem.BytePositionInLine ?? -1) + 1, problem.Message));
            return None;
        }

        if (read is null)
        {
            problems.Add(new PolicyProblem(file.Path, 0, 0, "expected an object with derived, sources or both"));
            return None;
        }

        var before = problems.Count;
        void Report(string place, string message) => problems.Add(new PolicyProblem(file.Path, 0, 0, $"{place}: {message}"));
        if (read.Derived.Length > MaxDerived || read.Sources.Length > MaxSources)
            Report("/", $"a bundle declares at most {MaxDerived} derived facts and {MaxSources} sources");
        foreach (var (declaration, index) in read.Derived.Take(MaxDerived).Select((d, i) => (d, i)))
            DeclarationChecks.Check(declaration, message => Report($"/derived/{index}", message));
        var sources = ImmutableArray.CreateBuilder<FactSource>();
        foreach (var (declaration, index) in read.Sources.Take(MaxSources).Select((s, i) => (s, i)))
        {
            if (SourceChecks.Read(declaration, message => Report($"/sources/{index}", message)) is { } source)
                sources.Add(source);
        }

        foreach (var twice in read.Derived.GroupBy(d => d.Name, StringComparer.Ordinal).Where(g => g.Count() > 1))
            Report("/derived", $"'{twice.Key}' is declared twice");
        foreach (var twice in read.Sources.GroupBy(s => s.Name, StringComparer.Ordinal).Where(g => g.Count() > 1))
            Report("/sources", $"'{twice.Key}' is declared twice");
        return problems.Count > before ? None : new FactDeclarations([.. read.Derived.Select(d => new DerivedFact(d))], sources.ToImmutable());
    }

    /// <summary>Those of several bundles as one; a name that two of them give to different facts is a fault.</summary>
    internal static FactDeclarations Join(IEnumerable<FactDeclarations> bundles, out string? fault)
    {
        var (derived, sources) = (new SortedDictionary<string, DerivedFact>(StringComparer.Ordinal), new SortedDictionary<string, FactSource>(StringComparer.Ordinal));
        fault = null;
        foreach (var bundle in bundles)
        {
            foreach (var fact in bundle.Derived)
            {
                if (derived.TryGetValue(fact.Declaration.Name, out var known) && !Same(known.Declaration, fact.Declaration))
                    fault = $"two bundles declare the derived fact '{fact.Declaration.Name}' differently";
                derived[fact.Declaration.Name] = fact;
            }

            foreach (var source in bundle.Sources)
            {
                if (sources.TryGetValue(source.Name, out var known) && !Same(known.Declaration, source.Declaration))
                    fault = $"two bundles declare the fact source '{source.Name}' differently";
                sources[source.Name] = source;
            }
        }

        return derived.Count + sources.Count == 0 ? None : new FactDeclarations([.. derived.Values], [.. sources.Values]);
    }

    private static bool Same<T>(T one, T other) =>
        JsonNode.DeepEquals(JsonSerializer.SerializeToNode(one, StrictJson.Options), JsonSerializer.SerializeToNode(other, StrictJson.Options));
}

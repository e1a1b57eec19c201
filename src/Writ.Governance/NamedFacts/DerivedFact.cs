using System.Text.Json;
using Writ.Cedar.Values;
using Writ.Governance.NamedFacts.Detectors;

namespace Writ.Governance.NamedFacts;

/// <summary>A declared fact that follows from the arguments. Immutable, thread safe; pure.</summary>
/// <param name="Declaration">As it stands in the bundle, and was checked.</param>
public sealed record DerivedFact(DerivedDeclaration Declaration)
{
    /// <summary>Its shape.</summary>
    public FactType Type { get; } = DetectorKinds.TypeOf(Declaration.Detector)!;

    internal FactCoverage Coverage { get; } = new(Declaration.Tools);

    /// <summary>The fact for these arguments; poison where it cannot be told, so that whatever reads it fails.</summary>
    internal Value Of(JsonElement arguments)
    {
        var values = new List<JsonElement>();
        foreach (var path in Declaration.Reads)
        {
            if (FactPath.Find(arguments, path) is not { } found || (values.Count + found.Count) > FactPath.MaxValues)
                return new PoisonValue($"derived fact '{Declaration.Name}': the argument '{path}' has another shape, or too many values");
            values.AddRange(found);
        }

        var fact = DetectorKinds.Detect(Declaration.Detector, new DetectorInput(values, Declaration.Roots));
        return fact is PoisonValue poison ? new PoisonValue($"derived fact '{Declaration.Name}': {poison.Reason}") : fact;
    }
}

using System.Collections.Frozen;
using Writ.Cedar.Values;
using Writ.Governance.NamedFacts.Detectors;

namespace Writ.Governance.NamedFacts;

/// <summary>The detectors there are, by the word that <c>facts.json</c> uses. Each is a pure function of what it reads.</summary>
internal static class DetectorKinds
{
    private static readonly FrozenDictionary<string, (FactType Type, Func<DetectorInput, Value> Detect)> Kinds =
        new Dictionary<string, (FactType, Func<DetectorInput, Value>)>
        {
            ["percentages"] = (FactType.Of(("count", "Long"), ("max", "decimal")), PercentageDetector.Detect),
            ["prices"] = (FactType.Of(("count", "Long"), ("currencies", "Set<String>"), ("max", "decimal")), PriceDetector.Detect),
            ["recipients"] = (FactType.Of(("count", "Long"), ("domains", "Set<String>")), RecipientDetector.Detect),
            ["sql"] = (FactType.Of(("statements", "Long"), ("tables", "Set<String>"), ("verbs", "Set<String>")), SqlDetector.Detect),
            ["shell"] = (FactType.Of(("class", "String"), ("classes", "Set<String>"), ("commands", "Set<String>"), ("privileged", "Bool")), ShellDetector.Detect),
            ["path"] = (FactType.Of(("absolute", "Bool"), ("hidden", "Bool"), ("home", "Bool"), ("inside", "Bool"), ("system", "Bool"), ("traversal", "Bool")), PathDetector.Detect),
            ["url"] = (FactType.Of(("credentials", "Bool"), ("domains", "Set<String>"), ("hosts", "Set<String>"), ("ip", "Bool"), ("ports", "Set<Long>"), ("schemes", "Set<String>")), UrlDetector.Detect),
            ["elements"] = (FactType.Of(("count", "Long")), ElementDetector.Detect),
            ["amount_total"] = (FactType.Of(("count", "Long"), ("largest", "decimal"), ("smallest", "decimal"), ("total", "decimal")), AmountDetector.Detect),
        }.ToFrozenDictionary(StringComparer.Ordinal);

    public static IEnumerable<string> Words => Kinds.Keys.Order(StringComparer.Ordinal);

    public static FactType? TypeOf(string detector) => Kinds.TryGetValue(detector, out var kind) ? kind.Type : null;

    /// <summary>The fact, or a poison that says why there is none.</summary>
    public static Value Detect(string detector, DetectorInput input) => Kinds[detector].Detect(input);
}

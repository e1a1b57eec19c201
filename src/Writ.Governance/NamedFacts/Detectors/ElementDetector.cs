using System.Text.Json;
using Writ.Cedar.Values;

namespace Writ.Governance.NamedFacts.Detectors;

/// <summary>How many: the elements of every list, repetitions included, and one for each value that is no list. A list becomes a set to policies, which cannot count.</summary>
internal static class ElementDetector
{
    public static Value Detect(DetectorInput input) =>
        RecordValue.Of(("count", input.Values.Sum(value => value.ValueKind == JsonValueKind.Array ? (long)value.GetArrayLength() : 1)));
}

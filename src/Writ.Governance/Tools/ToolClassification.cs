using System.Collections.Immutable;
using Writ.Governance.Organizations;
using Writ.Governance.Policies.Constraints;

namespace Writ.Governance.Tools;

/// <summary>
/// What people confirmed about a tool. A tool without a classification, a capability or a risk tag is refused: the server's own
/// annotations are never believed.
/// </summary>
public sealed record ToolClassification
{
    private const int MaxWord = 128;

    private const int MaxWords = 32;

    public required EffectClass Effect { get; init; }

    /// <summary>The business ability the tool gives, such as <c>refunds.issue</c>. Required.</summary>
    public required string Capability { get; init; }

    /// <summary>Risk tags, at least one (<c>none</c> where nothing else fits).</summary>
    public required ImmutableArray<string> RiskTags { get; init; }

    /// <summary>Whether what the tool does can be undone. Defaults to not.</summary>
    public bool Reversible { get; init; }

    /// <summary>Whether its results may carry text written by outsiders. Defaults to yes.</summary>
    public bool UntrustedResults { get; init; } = true;

    public string Domain { get; init; } = "general";

    public ImmutableArray<string> DataClasses { get; init; } = [];

    /// <summary>What it costs; null where nobody said, which a limit on cost refuses.</summary>
    public ToolPrice? Price { get; init; }

    /// <summary>The argument that says what amount is moved, dots between levels; records then carry the amount. Null where none does.</summary>
    public string? Amount { get; init; }

    /// <summary>
    /// The arguments that say what the call is about, by kind of resource, dots between levels: <c>{"order": "order_id"}</c>. Records then
    /// name each by a keyed hash. None where nobody said.
    /// </summary>
    public ImmutableSortedDictionary<string, string> Resources { get; init; } = ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    /// <summary>Why the classification is not complete, or null when it is.</summary>
    public string? Incompleteness =>
        string.IsNullOrWhiteSpace(Capability) ? "capability is missing"
        : RiskTags.IsDefaultOrEmpty ? "risk_tags is empty (write 'none' where no risk applies)"
        : Capability.Length > MaxWord || Domain.Length > MaxWord ? $"capability and domain have at most {MaxWord} characters"
        : !AreWords(RiskTags) || !AreWords(DataClasses) ? $"risk_tags and data_classes have at most {MaxWords} words of 1 to {MaxWord} characters"
        : Amount is not null && !ArgumentPath.IsValid(Amount) ? "amount is the name of an argument, dots between levels"
        : Resources.Count > MaxWords || Resources.Any(resource => !Slug.IsValid(resource.Key) || !ArgumentPath.IsValid(resource.Value))
            ? $"resources are at most {MaxWords} kinds ({Slug.Rule}), each with the name of an argument, dots between levels"
        : Price?.Problem;

    private static bool AreWords(ImmutableArray<string> words) =>
        !words.IsDefault && words.Length <= MaxWords && words.All(w => w is { Length: > 0 and <= MaxWord });
}

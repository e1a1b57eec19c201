using System.Collections.Immutable;
using Writ.Crypto.Hashing;

namespace Writ.Governance.Agents;

/// <summary>What an agent is made of at one time. Registered once, under a name that is never used again; nothing of it changes after. Immutable.</summary>
public sealed record AgentVersion
{
    /// <summary>The most versions of one agent.</summary>
    public const int MostOfAnAgent = 1_000;

    /// <summary>The most parameters, and the most scores.</summary>
    public const int MaxMembers = 64;

    /// <summary>The most tools that its set names.</summary>
    public const int MaxTools = 400;

    /// <summary>The longest word or value in it, in characters.</summary>
    public const int MaxText = 256;

    /// <summary>The name that every record has.</summary>
    public required string Name { get; init; }

    /// <summary>Who serves the model; null where nobody said.</summary>
    public string? Provider { get; init; }

    /// <summary>The dated model, or <c>unstated</c>.</summary>
    public string Model { get; init; } = Agent.UnstatedModel;

    /// <summary>What the model is called with, such as <c>temperature</c>: values as they were written.</summary>
    public ImmutableSortedDictionary<string, string> Parameters { get; init; } = None;

    /// <summary>SHA-256 of the prompt's bytes, in lower-case hexadecimal; the prompt itself stays where it is kept.</summary>
    public string? PromptHash { get; init; }

    /// <summary>Which prompt of its place that is, counted there.</summary>
    public int? PromptNumber { get; init; }

    /// <summary>The tools it was granted when it was registered, each with the digest of its pinned definition.</summary>
    public ImmutableSortedDictionary<string, string> Tools { get; init; } = None;

    /// <summary>What it reached in evaluations, such as <c>refunds: 0.97</c>: values as they were written.</summary>
    public ImmutableSortedDictionary<string, string> Scores { get; init; } = None;

    /// <summary>Under which approval it was released: a ticket, a review.</summary>
    public string? Approval { get; init; }

    private static ImmutableSortedDictionary<string, string> None { get; } = ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    /// <summary>What is wrong with it, or null.</summary>
    public string? Problem =>
        !IsText(Name, 64) || !IsText(Model, 64) ? "name and model: 1 to 64 visible characters"
        : (Provider is not null && !IsText(Provider, MaxText)) || (Approval is not null && !IsText(Approval, MaxText)) ? $"provider and approval: 1 to {MaxText} visible characters"
        : !AreTexts(Parameters, MaxMembers) || !AreTexts(Scores, MaxMembers) ? $"parameters and scores: at most {MaxMembers} each, names and values of 1 to {MaxText} visible characters"
        : PromptHash is not null && !Hash256.TryParseHex(PromptHash, out _) ? "prompt_hash: SHA-256 of the prompt, 64 lower-case hexadecimal digits"
        : PromptNumber is < 0 ? "prompt_number: not negative"
        : !AreTexts(Tools, MaxTools) ? $"the agent is granted more than {MaxTools} tools: a version names at most so many, so grant less"
        : null;

    private static bool AreTexts(ImmutableSortedDictionary<string, string> texts, int most) =>
        texts.Count <= most && texts.All(text => IsText(text.Key, MaxText) && IsText(text.Value, MaxText));

    private static bool IsText(string text, int most) => text.Length > 0 && text.Length <= most && text.Trim().Length == text.Length && !text.Any(char.IsControl);
}

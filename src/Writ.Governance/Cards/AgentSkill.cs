using System.Collections.Immutable;
using Writ.Governance.Agents;

namespace Writ.Governance.Cards;

/// <summary>Something that an agent is good for, by the word of its owners. Immutable.</summary>
/// <param name="Id">Names it in consents and tasks: 1 to 64 letters, digits and <c>._-</c>.</param>
/// <param name="Name">What people call it.</param>
/// <param name="Description">What it does.</param>
public sealed record AgentSkill(string Id, string Name, string Description)
{
    /// <summary>The most tools of one.</summary>
    public const int MaxTools = 100;

    /// <summary>Words to find it by.</summary>
    public ImmutableArray<string> Tags { get; init; } = [];

    /// <summary>The tools that work of this skill may use, of those that the agent holds; where none stand here, no work is asked for by it and no consent is for it.</summary>
    public ImmutableArray<Grant> Tools { get; init; } = [];

    /// <summary>What is wrong with it, or null.</summary>
    public string? Problem =>
        !IsId(Id) ? "skills: an id has 1 to 64 letters, digits and ._-"
        : !AgentLabel.IsValid(Name, 128) || !AgentLabel.IsValid(Description, 1_024) ? $"skill {Id}: a name of 1 to 128 and a description of 1 to 1024 visible characters"
        : Tags.Length > 16 || !Tags.All(tag => AgentLabel.IsValid(tag)) ? $"skill {Id}: at most 16 tags of 1 to 64 visible characters"
        : Tools.Length > MaxTools ? $"skill {Id}: at most {MaxTools} tools"
        : null;

    /// <summary>Whether a text could be the id of one.</summary>
    public static bool IsId(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Length is > 0 and <= 64 && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-');
    }
}

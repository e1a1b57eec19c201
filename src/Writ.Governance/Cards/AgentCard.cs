using System.Collections.Immutable;

namespace Writ.Governance.Cards;

/// <summary>What an agent is good for and where it is spoken to, by the word of its owners: what stands on its A2A card beside what the registry knows. Immutable.</summary>
/// <param name="Description">What it does.</param>
public sealed record AgentCard(string Description)
{
    /// <summary>The most skills.</summary>
    public const int MaxSkills = 64;

    /// <summary>The most interfaces.</summary>
    public const int MaxInterfaces = 8;

    public ImmutableArray<AgentSkill> Skills { get; init; } = [];

    /// <summary>Where it is spoken to, the best first.</summary>
    public ImmutableArray<AgentInterface> Interfaces { get; init; } = [];

    /// <summary>What is wrong with it, or null.</summary>
    public string? Problem =>
        !Agents.AgentLabel.IsValid(Description, 2_048) ? "description: 1 to 2048 visible characters"
        : Skills.Length > MaxSkills ? $"skills: at most {MaxSkills}"
        : Skills.DistinctBy(skill => skill.Id, StringComparer.Ordinal).Count() < Skills.Length ? "skills: each id stands once"
        : Interfaces.Length > MaxInterfaces ? $"interfaces: at most {MaxInterfaces}"
        : Skills.Select(skill => skill.Problem).Concat(Interfaces.Select(one => one.Problem)).FirstOrDefault(problem => problem is not null);

    /// <summary>The skill of an id, or null.</summary>
    public AgentSkill? Skill(string id) => Skills.FirstOrDefault(skill => skill.Id == id);
}

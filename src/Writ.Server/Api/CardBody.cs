using System.Collections.Immutable;
using Writ.Governance.Agents;
using Writ.Governance.Cards;

namespace Writ.Server.Api;

/// <summary>What an agent is good for and where it is spoken to.</summary>
internal sealed record CardBody(string Description)
{
    public ImmutableArray<SkillBody> Skills { get; init; } = [];

    public ImmutableArray<InterfaceBody> Interfaces { get; init; } = [];

    /// <summary>The card, or null and what is wrong, by member.</summary>
    public AgentCard? Read(out string obstacle)
    {
        obstacle = "";
        var skills = ImmutableArray.CreateBuilder<AgentSkill>(Skills.Length);
        foreach (var skill in Skills)
        {
            if (AgentDescription.ReadGrants(skill.Tools, out var tools) is { } wrong)
            {
                obstacle = "skills: " + wrong;
                return null;
            }

            skills.Add(new AgentSkill(skill.Id, skill.Name, skill.Description) { Tags = skill.Tags, Tools = tools });
        }

        var card = new AgentCard(Description) { Skills = skills.ToImmutable(), Interfaces = [.. Interfaces.Select(one => new AgentInterface(one.Url, one.Binding, one.Version))] };
        obstacle = card.Problem ?? "";
        return card.Problem is null ? card : null;
    }
}

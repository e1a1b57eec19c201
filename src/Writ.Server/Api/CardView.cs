using System.Collections.Immutable;
using Writ.Governance.Cards;

namespace Writ.Server.Api;

/// <summary>What an agent is good for, by the word of its owners.</summary>
internal sealed record CardView(string Description, ImmutableArray<SkillBody> Skills, ImmutableArray<InterfaceBody> Interfaces)
{
    public static CardView Of(AgentCard card) => new(
        card.Description,
        [.. card.Skills.Select(skill => new SkillBody(skill.Id, skill.Name, skill.Description) { Tags = skill.Tags, Tools = [.. skill.Tools.Select(tool => tool.ToString())] })],
        [.. card.Interfaces.Select(one => new InterfaceBody(one.Url, one.Binding, one.Version))]);
}

using Writ.Cedar.Entities;
using Writ.Cedar.Values;
using Writ.Governance.Agents;
using Writ.Governance.Organizations;
using Writ.Governance.People;
using Writ.Governance.Tasks;
using Writ.Governance.Tools;
using Writ.Governance.Users;

namespace Writ.Governance.Policies;

/// <summary>The names that every bundle starts from, namespace <c>Writ</c>, and the entities that Writ's own registry makes of them.</summary>
internal static class Vocabulary
{
    /// <summary>Part of every snapshot digest: a binary that names or types things otherwise makes other snapshots.</summary>
    public const string Version = "writ-vocabulary/3";

    private static readonly EntityTypeName AgentType = EntityTypeName.Parse("Writ::Agent");
    private static readonly EntityTypeName ActionType = EntityTypeName.Parse("Writ::Action");
    private static readonly EntityTypeName OrganizationType = EntityTypeName.Parse("Writ::Organization");
    private static readonly EntityTypeName PersonType = EntityTypeName.Parse("Writ::Person");
    private static readonly EntityTypeName ServerType = EntityTypeName.Parse("Writ::Server");
    private static readonly EntityTypeName TaskType = EntityTypeName.Parse("Writ::Task");
    private static readonly EntityTypeName TeamType = EntityTypeName.Parse("Writ::Team");
    private static readonly EntityTypeName ToolType = EntityTypeName.Parse("Writ::Tool");
    private static readonly EntityTypeName UserType = EntityTypeName.Parse("Writ::User");

    public static EntityUid Agent(AgentId id) => new(AgentType, id.ToString());

    public static EntityUid Action(string name) => new(ActionType, name);

    public static EntityUid Organization(OrganizationId id) => new(OrganizationType, id.ToString());

    public static EntityUid Person(PersonId id) => new(PersonType, id.ToString());

    public static EntityUid Task(TaskId id) => new(TaskType, id.ToString());

    public static EntityUid Tool(ServerSlug server, string name) => new(ToolType, $"{server}/{name}");

    public static EntityUid User(string id) => new(UserType, id);

    /// <summary>A user as a verified token described them.</summary>
    public static Entity UserEntity(string id, UserFacts facts)
    {
        (string, Value)[] known = [("assurance", facts.Assurance), ("role", facts.Role), ("tier", facts.Tier)];
        return new Entity(User(id), attributes: RecordValue.Of(facts.AuthenticatedAt is { } at ? [.. known, ("authenticated_at", DatetimeValue.Of(at))] : known));
    }

    private static EntityUid Server(ServerSlug slug) => new(ServerType, slug.ToString());

    public static EntityUid Team(TeamId id) => new(TeamType, id.ToString());

    /// <summary>What does not change from call to call: the organization, its servers and tools, and the actions with their groups.</summary>
    public static IEnumerable<Entity> Standing(OrganizationId organization, IEnumerable<Server> servers)
    {
        yield return new Entity(Organization(organization));
        yield return new Entity(Action("tool/call"));
        foreach (var effect in Enum.GetValues<EffectClass>())
            yield return new Entity(Action($"effect/{effect.Word()}"));
        foreach (var server in servers)
        {
            yield return new Entity(Server(server.Slug), [Organization(organization)], RecordValue.Of(("trusted", server.Trusted)));
            yield return new Entity(Action($"server/{server.Slug}"));
            foreach (var tool in server.Tools.Values.Where(t => t.Obstacle is null))
            {
                yield return ToolEntity(tool);
                yield return ActionEntity(tool);
            }
        }
    }

    /// <summary>The principal of a call, with the team it is in.</summary>
    public static IEnumerable<Entity> Of(Agent agent)
    {
        yield return new Entity(
            Agent(agent.Id),
            [Team(agent.Team)],
            RecordValue.Of(
                ("owner", Person(agent.Owner)),
                ("risk", agent.Risk),
                ("autonomy", agent.Autonomy),
                ("ring", agent.Ring),
                ("trust", agent.Trust),
                ("visibility", agent.Visibility.ToString().ToLowerInvariant()),
                ("environment", agent.Environment),
                ("version", agent.Version),
                ("model", agent.Model),
                ("domain", agent.Domain),
                ("name", agent.Name)));
        yield return new Entity(Team(agent.Team), [Organization(agent.Organization)]);
    }

    private static Entity ToolEntity(Tool tool)
    {
        var classification = tool.Classification!;
        return new Entity(
            Tool(tool.Server, tool.Name),
            [Server(tool.Server)],
            RecordValue.Of(
                ("name", tool.Name),
                ("effect", classification.Effect.Word()),
                ("reversible", classification.Reversible),
                ("untrusted_results", classification.UntrustedResults),
                ("domain", classification.Domain),
                ("data_classes", SetValue.Of(classification.DataClasses.Select(c => (Value)c)))));
    }

    private static Entity ActionEntity(Tool tool) => new(
        Action(tool.ActionName),
        [Action("tool/call"), Action($"effect/{tool.Classification!.Effect.Word()}"), Action($"server/{tool.Server}")]);
}

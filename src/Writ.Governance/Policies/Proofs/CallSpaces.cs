using System.Collections.Immutable;
using Writ.Cedar.Analysis;
using Writ.Cedar.Entities;
using Writ.Cedar.Policies;
using Writ.Cedar.Values;
using Writ.Governance.Agents;
using Writ.Governance.NamedFacts;
using Writ.Governance.Organizations;
using Writ.Governance.Registry;
using Writ.Governance.Tools;

namespace Writ.Governance.Policies.Proofs;

/// <summary>
/// All the calls there could be, tool by tool: any agent, any arguments that the tool's schema lets pass, any facts. A tool of which only
/// the name is known may be of any effect class.
/// </summary>
internal static class CallSpaces
{
    private static readonly EntityUid Example = new("Writ::Agent", "00000000-0000-7000-8000-000000000001");

    private static readonly ImmutableArray<KeyValuePair<string, AttributeDomain>> Standing =
    [
        .. new[] { "name", "visibility", "environment", "version", "model", "domain" }.Select(name => Always($"principal.{name}", ValueTypes.String)),
        .. new[] { "risk", "autonomy", "ring", "trust" }.Select(name => Always($"principal.{name}", ValueTypes.Long)),
        Always("principal.owner", ValueTypes.Entity),
        Always("context.asserted", ValueTypes.Record),
        Always("context.assurance", ValueTypes.String),
        Always("context.chain", ValueTypes.Record),
        Always("context.chain.depth", ValueTypes.Long),
        Always("context.claimed", ValueTypes.Record),
        Always("context.task", ValueTypes.Record),
        Always("context.task.id", ValueTypes.Entity),
        Always("context.task.implicit", ValueTypes.Bool),
        Sometimes("context.task.purpose", ValueTypes.String),
        Sometimes("context.task.started_by", ValueTypes.Entity),
        Sometimes("context.task.workflow", ValueTypes.String),
        Sometimes("context.on_behalf_of", ValueTypes.Entity),
        Always("context.time", ValueTypes.Datetime),
    ];

    /// <summary>The calls of an organization's tools, with the named facts that are made for each.</summary>
    public static IEnumerable<RequestSpace> Of(OrganizationState state, FactDeclarations facts)
    {
        var entities = Store(Vocabulary.Standing(state.Id, state.ServersBySlug.Values));
        foreach (var tool in state.ServersBySlug.Values.SelectMany(server => server.Tools.Values).Where(tool => tool.Obstacle is null))
        {
            var terms = new ToolTerms(tool, facts);
            yield return Space(terms.Action, terms.Resource, entities,
            [
                .. ArgumentDomains.Of(tool.Definition!.InputSchema),
                .. FactDomains.Of(terms.Facts),
                KeyValuePair.Create("context.capability", AttributeDomain.Constant(terms.Capability)),
                KeyValuePair.Create("context.risk_tags", AttributeDomain.Constant(terms.RiskTags)),
            ]);
        }
    }

    /// <summary>The calls of a tool that nobody described, one space for each effect class.</summary>
    public static IEnumerable<RequestSpace> OfName(string action)
    {
        var parts = action.Split('/', 3);
        if (parts is not ["tool", { Length: > 0 } server, { Length: > 0 } tool])
            yield break;
        var uid = Vocabulary.Action(action);
        foreach (var effect in Enum.GetValues<EffectClass>())
        {
            EntityUid[] groups = [Vocabulary.Action("tool/call"), Vocabulary.Action($"effect/{effect.Word()}"), Vocabulary.Action($"server/{server}")];
            yield return Space(
                uid, new EntityUid("Writ::Tool", $"{server}/{tool}"), Store([new Entity(uid, groups), .. groups.Select(group => new Entity(group))]),
                [KeyValuePair.Create("context.args", AttributeDomain.Always(ValueTypes.Record) with { MayBePoison = true }), Always("context.capability", ValueTypes.String), Always("context.risk_tags", ValueTypes.Set)]);
        }
    }

    /// <summary>The calls of tools that the rules name, of others of the servers that they name, and of any other tool.</summary>
    public static IEnumerable<RequestSpace> OfRules(IEnumerable<RuledPolicy> rules)
    {
        var names = rules.SelectMany(rule => rule.Policy.Body.Action.Actions).Select(action => action.Id).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToArray();
        var tools = names.Where(name => name.StartsWith("tool/", StringComparison.Ordinal) && name != "tool/call");
        var others = names.Where(name => name.StartsWith("server/", StringComparison.Ordinal)).Select(name => $"tool/{name["server/".Length..]}/any-other-tool");
        return tools.Concat(others).Append("tool/any-other-server/any-other-tool").SelectMany(OfName);
    }

    private static RequestSpace Space(EntityUid action, EntityUid resource, EntityStore entities, IEnumerable<KeyValuePair<string, AttributeDomain>> own) =>
        new(Example, action, resource, entities)
        {
            Attributes = ImmutableSortedDictionary.CreateRange(StringComparer.Ordinal, Standing.Concat(own)),
            Copies = ImmutableSortedDictionary.CreateRange(StringComparer.Ordinal, [KeyValuePair.Create("context.environment", "principal.environment")]),
        };

    private static EntityStore Store(IEnumerable<Entity> entities) =>
        EntityStore.Create(entities) is EntityStoreResult.Built built ? built.Store : throw new InvalidOperationException("The tools do not form a hierarchy.");

    private static KeyValuePair<string, AttributeDomain> Always(string path, ValueTypes type) => KeyValuePair.Create(path, AttributeDomain.Always(type));

    private static KeyValuePair<string, AttributeDomain> Sometimes(string path, ValueTypes type) => KeyValuePair.Create(path, AttributeDomain.Sometimes(type));
}

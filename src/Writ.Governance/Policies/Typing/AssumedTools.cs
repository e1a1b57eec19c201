using System.Collections.Immutable;
using Writ.Cedar;
using Writ.Cedar.Policies;
using Writ.Cedar.Schemas;
using Writ.Governance.NamedFacts;
using Writ.Governance.Tools;

namespace Writ.Governance.Policies.Typing;

/// <summary>
/// The tools that policies may be about though no server has them yet: those that a scope names, and one of each effect class that no
/// known tool is of. Their arguments are taken to be whatever the policies take them for (<see cref="AssumedArguments"/>). Immutable.
/// </summary>
internal sealed class AssumedTools
{
    private const string AnyServer = "any-server";

    private readonly ImmutableArray<(string Name, string Server, ImmutableArray<EffectClass> Effects)> _tools;
    private readonly TypeSyntax _arguments;

    private AssumedTools(ImmutableArray<(string, string, ImmutableArray<EffectClass>)> tools, TypeSyntax arguments) => (_tools, _arguments) = (tools, arguments);

    /// <summary>What the policies assume beside the servers there are.</summary>
    /// <param name="policies">The policies.</param>
    /// <param name="servers">The servers.</param>
    /// <param name="mayMissing">Whether also those tools are assumed that a known server would have to have.</param>
    public static AssumedTools In(IReadOnlyCollection<Policy> policies, IReadOnlyCollection<Server> servers, bool mayMissing = false)
    {
        var known = servers.SelectMany(server => server.Tools.Values).Where(tool => tool.Obstacle is null).ToArray();
        var names = known.Select(tool => tool.ActionName).ToHashSet(StringComparer.Ordinal);
        var named = policies.SelectMany(policy => policy.Action.Actions).Select(action => action.Id).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);
        var tools = ImmutableArray.CreateBuilder<(string, string, ImmutableArray<EffectClass>)>();
        foreach (var name in named.Where(name => !names.Contains(name)))
        {
            if (name.Split('/', 3) is ["tool", { Length: > 0 } server, { Length: > 0 } tool])
            {
                if (mayMissing || MayCome(servers.FirstOrDefault(known => known.Slug.ToString() == server), tool))
                    tools.Add((name, server, EveryEffect));
            }
            else if (name.Split('/') is ["server", { Length: > 0 } slug] && !known.Any(tool => tool.Server.ToString() == slug))
                tools.Add(($"tool/{slug}/any-tool", slug, EveryEffect));
        }

        foreach (var effect in EveryEffect.Where(effect => !known.Any(tool => tool.Classification!.Effect == effect)))
            tools.Add(($"tool/{AnyServer}/{effect.Word()}", AnyServer, [effect]));
        return new AssumedTools([.. tools.DistinctBy(tool => tool.Item1)], AssumedArguments.In(policies));
    }

    // A forbid about a tool whose name is misspelt would forbid nothing, silently. What people classified may come, however near its name is.
    private static bool MayCome(Server? server, string tool) =>
        server is null || server.Tools.ContainsKey(tool) || server.Classifications.ContainsKey(tool) || Suggestion.Nearest(tool, server.Tools.Keys) is null;

    /// <summary>The slugs of their servers.</summary>
    public IEnumerable<string> Servers => _tools.Select(tool => tool.Server).Distinct(StringComparer.Ordinal);

    /// <summary>Their actions.</summary>
    public IEnumerable<ActionDeclaration> Declarations(FactDeclarations facts) =>
        _tools.Select(tool => VocabularySchema.Action(tool.Name, tool.Effects, tool.Server, _arguments, facts));

    /// <summary>Whether an action is one of theirs.</summary>
    public bool Contains(string action) => _tools.Any(tool => tool.Name == action);

    private static ImmutableArray<EffectClass> EveryEffect { get; } = [.. Enum.GetValues<EffectClass>()];
}

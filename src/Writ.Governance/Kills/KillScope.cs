using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using Writ.Governance.Agents;
using Writ.Governance.Organizations;
using Writ.Governance.Tools;

namespace Writ.Governance.Kills;

/// <summary>
/// What a kill stops: <c>everything</c>, <c>agent/ID</c>, <c>version/ID/VERSION</c>, <c>team/SLUG</c>, <c>server/SLUG</c>,
/// <c>tool/SLUG/NAME</c> or <c>model/NAME</c>, inside one organization. The default value stops nothing and is never accepted.
/// </summary>
[JsonConverter(typeof(ParsableConverter<KillScope>))]
public readonly record struct KillScope : IParsable<KillScope>
{
    /// <summary>The longest scope, in characters.</summary>
    public const int MaxLength = 256;

    /// <summary>What a scope looks like, for error messages.</summary>
    public const string Expected = "expected 'everything', 'agent/ID', 'version/ID/VERSION', 'team/SLUG', 'server/SLUG', 'tool/SERVER/NAME' or 'model/NAME'";

    private readonly string? _text;
    private readonly AgentId _agent;
    private readonly string _name;

    private KillScope(string text, KillTarget target, string name, AgentId agent = default) => (_text, Target, _name, _agent) = (text, target, name, agent);

    /// <summary>What kind of thing it stops.</summary>
    public KillTarget Target { get; }

    public static KillScope Everything { get; } = new("everything", KillTarget.Everything, "");

    public static KillScope Of(AgentId agent) => new($"agent/{agent}", KillTarget.Agent, "", agent);

    public static KillScope Parse(string text, IFormatProvider? provider = null) =>
        TryParse(text, provider, out var scope) ? scope : throw new FormatException($"'{text}' is no scope of a kill: {Expected}");

    public static bool TryParse([NotNullWhen(true)] string? text, IFormatProvider? provider, out KillScope result)
    {
        result = default;
        if (text is null || text.Length > MaxLength || text.Any(char.IsControl))
            return false;
        result = text.Split('/', 3) switch
        {
            ["everything"] => Everything,
            ["agent", var id] when AgentId.TryParse(id, null, out var agent) => Of(agent),
            ["version", var id, { Length: > 0 } version] when AgentId.TryParse(id, null, out var agent) => new($"version/{agent}/{version}", KillTarget.Version, version, agent),
            ["team", var slug] when Slug.IsValid(slug) => new(text, KillTarget.Team, slug),
            ["server", var slug] when Slug.IsValid(slug) => new(text, KillTarget.Server, slug),
            ["tool", var slug, { Length: > 0 } name] when Slug.IsValid(slug) => new(text, KillTarget.Tool, $"{slug}/{name}"),
            // A model's name may have slashes of its own.
            ["model", { Length: > 0 }, ..] => new(text, KillTarget.Model, text["model/".Length..]),
            _ => default,
        };
        return result._text is not null;
    }

    /// <summary>Whether it stops whatever an agent does.</summary>
    public bool Stops(Agent agent) => Target switch
    {
        KillTarget.Everything => _text is not null,
        KillTarget.Agent => agent.Id == _agent,
        KillTarget.Version => agent.Id == _agent && agent.Version == _name,
        KillTarget.Team => agent.Team.ToString() == _name,
        KillTarget.Model => agent.Model == _name,
        _ => false,
    };

    /// <summary>Whether it stops whatever anybody does on a server.</summary>
    public bool Stops(ServerSlug server) => Target == KillTarget.Server && server.ToString() == _name;

    /// <summary>Whether it stops an agent's call of a tool.</summary>
    public bool Stops(Agent agent, ServerSlug server, string tool) =>
        Stops(agent) || Stops(server) || (Target == KillTarget.Tool && _name.Length == server.ToString().Length + 1 + tool.Length && _name == $"{server}/{tool}");

    /// <summary>Whether there is such a thing in an organization, so that a slip of the pen is told from a kill.</summary>
    public bool IsKnownTo(Registry.OrganizationState state)
    {
        var (name, agent) = (_name, _agent);
        return Target switch
        {
            KillTarget.Everything => true,
            KillTarget.Agent or KillTarget.Version => state.Agents.ContainsKey(agent),
            KillTarget.Team => state.Teams.ContainsKey(name) || state.Agents.Values.Any(a => a.Team.ToString() == name),
            KillTarget.Server => state.ServersBySlug.ContainsKey(name),
            KillTarget.Tool => name.Split('/', 2) is [var server, var tool] && state.ServersBySlug.GetValueOrDefault(server)?.Tools.ContainsKey(tool) == true,
            KillTarget.Model => state.Agents.Values.Any(a => a.Model == name),
            _ => false,
        };
    }

    public override string ToString() => _text ?? "";
}

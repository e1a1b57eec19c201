using System.Collections.Immutable;
using Writ.Governance.Agents;
using Writ.Governance.Tools;

namespace Writ.Governance.Kills;

/// <summary>The kills of an organization: those that stand, and the newest that were lifted. Immutable.</summary>
public sealed record KillOrders
{
    /// <summary>The most that stand at once, but for those of everything: each is looked at for every call.</summary>
    public const int MostStanding = 256;

    /// <summary>How many lifted ones are remembered; the control log has all.</summary>
    public const int MostLifted = 1_000;

    public static KillOrders None { get; } = new();

    /// <summary>Those that stand, oldest first.</summary>
    public ImmutableArray<Kill> Standing { get; init; } = [];

    /// <summary>Those that were lifted, oldest first.</summary>
    public ImmutableArray<Kill> Lifted { get; init; } = [];

    /// <summary>The kill that stops an agent's call; null when none does.</summary>
    public Kill? Stopping(Agent agent, ServerSlug server, string tool)
    {
        foreach (var kill in Standing)
        {
            if (kill.Scope.Stops(agent, server, tool))
                return kill;
        }

        return null;
    }

    /// <summary>Whether nothing that an agent could do on a server is left.</summary>
    public bool StopAll(Agent? agent, ServerSlug server)
    {
        foreach (var kill in Standing)
        {
            if (kill.Scope.Target == KillTarget.Everything || kill.Scope.Stops(server) || (agent is not null && kill.Scope.Stops(agent)))
                return true;
        }

        return false;
    }

    /// <summary>The one of an id, standing or lifted; null when there is none.</summary>
    public Kill? Find(Guid id) => Standing.Concat(Lifted).FirstOrDefault(kill => kill.Id == id);
}

using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Writ.Governance.Policies.Publishing;

/// <summary>
/// What a bundle would have refused of what agents lately asked, and the policies that hold would not: both decide the recorded actions
/// anew. Immutable.
/// </summary>
/// <param name="Compared">How many recorded decisions were decided anew.</param>
/// <param name="Denied">How many of them would newly be refused.</param>
/// <param name="Unreadable">How many more there were of which nothing can be said: their payload was erased, or their agent or task is gone.</param>
/// <param name="Complete">Whether the time was enough for all that were to be compared.</param>
/// <param name="Agents">By agent, most denials first; at most <see cref="MaxAgents"/>.</param>
public sealed record DenialForecast(int Compared, int Denied, int Unreadable, bool Complete, ImmutableArray<AgentForecast> Agents)
{
    /// <summary>The most agents that a forecast names.</summary>
    public const int MaxAgents = 50;

    /// <summary>With fewer decisions than this a share says little.</summary>
    public const int LeastCompared = 50;

    /// <summary>The share of newly refused decisions, in per cent, beyond which a publish is refused unless their number was accepted.</summary>
    public const int MostPercent = 5;

    /// <summary>Nothing was refused anew.</summary>
    public static DenialForecast None { get; } = new(0, 0, 0, true, []);

    /// <summary>Whether refusals jump: more than <see cref="MostPercent"/> per cent of at least <see cref="LeastCompared"/> decisions.</summary>
    [JsonIgnore]
    public bool IsJump => Compared >= LeastCompared && Denied * 100L > MostPercent * (long)Compared;

    /// <summary>How many denials are of agents beyond those that are named.</summary>
    [JsonIgnore]
    public int Unnamed => Denied - Agents.Sum(agent => agent.Denied);
}

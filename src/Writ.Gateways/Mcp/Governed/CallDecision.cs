using System.Text.Json;

namespace Writ.Gateways.Mcp.Governed;

/// <summary>What was decided about a call, durable before the door sees it.</summary>
public abstract record CallDecision
{
    private CallDecision()
    {
    }

    /// <summary>
    /// It may run, with exactly these arguments and under exactly these rules. <paramref name="Owed"/> stands for the effect
    /// that has to be settled, whatever happens.
    /// </summary>
    public sealed record Permitted(object Owed, JsonElement Arguments, ResultRules Rules) : CallDecision;

    /// <summary>It may not run as it stands. Everything here may reach the agent.</summary>
    public sealed record Refused(CallRefusal Refusal) : CallDecision;
}

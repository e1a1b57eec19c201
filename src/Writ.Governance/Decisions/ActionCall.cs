using System.Text.Json;
using Writ.Governance.Agents;
using Writ.Governance.Credentials;
using Writ.Governance.Delegation;
using Writ.Governance.Tools;

namespace Writ.Governance.Decisions;

/// <summary>A call as a door understood it, before Writ adds what it knows.</summary>
public sealed record ActionCall
{
    /// <summary>Who called: the agent itself, or an enforcement point that asks for it.</summary>
    public required Caller Caller { get; init; }

    /// <summary>The agent that acts.</summary>
    public required Agent Agent { get; init; }

    public required Door Door { get; init; }

    /// <summary>The token that names the task; without one the caller's implicit task is meant.</summary>
    public string? TaskToken { get; init; }

    /// <summary>The delegation chain that the call came with; null where there is none.</summary>
    public PresentedChain? Chain { get; init; }

    public required ServerSlug Server { get; init; }

    /// <summary>The tool as the agent named it, at most <see cref="ToolName.MaxLength"/> characters.</summary>
    public required string Tool { get; init; }

    public required Arguments Arguments { get; init; }

    public Claims Claims { get; init; } = Claims.None;

    /// <summary>What the agent says about this call; null where it says nothing.</summary>
    public SelfReport? Report { get; init; }

    /// <summary>Where the call stands in its caller's trace; null where it does not say.</summary>
    public TraceParent? Trace { get; init; }

    /// <summary>The door's session that the call came in; null where the door has none.</summary>
    public Guid? Session { get; init; }

    /// <summary>The end user whom an enforcement point acts for in this call, where its task names none.</summary>
    public Attested<string>? User { get; init; }

    /// <summary>The facts an enforcement point asserted: an object, or undefined.</summary>
    public JsonElement Asserted { get; init; }

    /// <summary>The kinds of constraints that the door enforces.</summary>
    public required IReadOnlySet<string> Enforceable { get; init; }
}

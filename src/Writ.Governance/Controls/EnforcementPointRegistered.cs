using System.Collections.Immutable;
using Writ.Governance.Agents;
using Writ.Governance.Tools;

namespace Writ.Governance.Controls;

/// <summary>A program outside Writ may ask for decisions about these agents, and assert these facts and no others.</summary>
public sealed record EnforcementPointRegistered(
    string Name,
    string KeyId,
    string SecretHash,
    ImmutableArray<AgentId> Agents,
    ImmutableArray<string> Facts,
    ImmutableArray<string> Enforces,
    ProtectedApplication? Application = null) : ControlAction;

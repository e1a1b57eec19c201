using Writ.Governance.Agents;

namespace Writ.Governance.Telemetry;

/// <summary>A trace of one agent. Another agent that names the same trace is in another one.</summary>
internal readonly record struct TraceKey(AgentId Agent, UInt128 Trace);

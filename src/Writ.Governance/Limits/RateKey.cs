using Writ.Governance.Policies.Constraints;

namespace Writ.Governance.Limits;

/// <summary>What is counted together.</summary>
/// <param name="Counted">A tool's action, or the name that tools share.</param>
/// <param name="Scope">Whose calls.</param>
/// <param name="Who">The agent, credential or root task.</param>
/// <param name="Window">Over how long. How many are let through is no part of it: a limit that changes keeps what was counted.</param>
internal readonly record struct RateKey(string Counted, RateScope Scope, string Who, TimeSpan Window);

using System.Collections.Immutable;
using Writ.Governance.Agents;

namespace Writ.Server.Api;

/// <summary>
/// Who is to be allowed to ask an agent to work, or to copy it, for how many days (1 to 366, by default 90), for which of its skills (by default all),
/// and why.
/// </summary>
internal sealed record ConsentBody(string Who, string Reason, int Days = 90, AgentRight Right = AgentRight.Invoke)
{
    public ImmutableArray<string> Skills { get; init; } = [];
}

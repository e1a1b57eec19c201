using System.Collections.Immutable;

namespace Writ.Gateways.Mcp.Upstreams;

/// <summary>How a server's process will be started, or why it will not be.</summary>
internal abstract record LaunchPlan
{
    private LaunchPlan()
    {
    }

    /// <summary>A program, its arguments and its whole environment.</summary>
    public sealed record Start(
        string Program, ImmutableArray<string> Arguments, ImmutableDictionary<string, string> Environment, string Folder, bool Sandboxed) : LaunchPlan;

    /// <summary>Not to be started.</summary>
    public sealed record Refused(string Reason) : LaunchPlan;
}

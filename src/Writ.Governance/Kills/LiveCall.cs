using Writ.Governance.Agents;
using Writ.Governance.Organizations;
using Writ.Governance.Tools;

namespace Writ.Governance.Kills;

/// <summary>A permitted call under way, which a kill can reach. Dispose it when its effect is settled.</summary>
public sealed class LiveCall : IDisposable
{
    private readonly CancellationTokenSource _killed = new();
    private readonly TaskCompletionSource _over = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Action<LiveCall> _end;

    /// <summary>A call under way; <paramref name="end"/> hears when it is over.</summary>
    public LiveCall(OrganizationId organization, Agent agent, ServerSlug server, string tool, Action<LiveCall> end)
    {
        (Organization, Agent, Server, Tool, _end) = (organization, agent, server, tool, end);
        Killed = _killed.Token;
    }

    /// <summary>Fires when the call is killed: whatever it is doing ends then.</summary>
    public CancellationToken Killed { get; }

    internal OrganizationId Organization { get; }

    internal Agent Agent { get; }

    internal ServerSlug Server { get; }

    internal string Tool { get; }

    /// <summary>Completes when the call is over and settled.</summary>
    internal Task Over => _over.Task;

    /// <summary>Ends it. Its own continuations run elsewhere, so that one call delays no other's end.</summary>
    public void Kill()
    {
        try
        {
            _ = _killed.CancelAsync();
        }
        catch (ObjectDisposedException)
        {
            // It was over already.
        }
    }

    public void Dispose()
    {
        _end(this);
        _over.TrySetResult();
        _killed.Dispose();
    }
}

using System.Collections.Concurrent;
using System.Collections.Immutable;
using Writ.Governance.Agents;
using Writ.Governance.Controls;
using Writ.Governance.Organizations;
using Writ.Governance.People;
using Writ.Governance.Registry;
using Writ.Governance.Tools;

namespace Writ.Governance.Kills;

/// <summary>
/// Carries kills to what is already under way. Decisions read the registry, in which a kill is in force before it is recorded; this ends
/// the calls that were permitted before it. It has a thread of its own, so that no load delays it. Thread safe.
/// </summary>
public sealed class KillSwitch : IDisposable
{
    /// <summary>How long the last call is waited for until the toll is recorded without it.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<LiveCall, byte> _live = new();
    private readonly HashSet<Guid> _carriedOut = [];
    private readonly SemaphoreSlim _changed = new(0);
    private readonly CancellationTokenSource _stop = new();
    private readonly RegistryHolder _registry;
    private readonly ControlService _controls;
    private readonly TimeProvider _time;
    private readonly Thread _thread;
    private ImmutableArray<Func<OrganizationState, Task>> _connections = [];
    private Task _tolls = Task.CompletedTask;

    public KillSwitch(RegistryHolder registry, ControlService controls, TimeProvider time)
    {
        (_registry, _controls, _time) = (registry, controls, time);
        _thread = new Thread(Watch) { IsBackground = true, Name = "kill switch" };
    }

    /// <summary>Begins, once the registry is as it was: what was killed before has nothing under way any more.</summary>
    public void Start()
    {
        foreach (var kill in _registry.Current.Organizations.Values.SelectMany(state => state.Kills.Standing))
            _carriedOut.Add(kill.Id);
        _registry.Changed += Wake;
        _thread.Start();
    }

    /// <summary>Adds what ends the connections that a kill leaves without a use. Asked on the switch's own thread, and waited for elsewhere.</summary>
    public void Connect(Func<OrganizationState, Task> close) => ImmutableInterlocked.Update(ref _connections, known => known.Add(close));

    /// <summary>
    /// Begins a call that was permitted; null when it was killed meanwhile. Put in before it looks, so that a kill that it does not see
    /// sees it.
    /// </summary>
    public LiveCall? Begin(OrganizationId organization, Agent agent, ServerSlug server, string tool)
    {
        var call = new LiveCall(organization, agent, server, tool, Forget);
        _live[call] = 0;
        if (!IsKilled(organization, agent, server, tool))
            return call;
        call.Dispose();
        return null;
    }

    /// <summary>Whether a kill stops the call as the registry stands now.</summary>
    public bool IsKilled(OrganizationId organization, Agent agent, ServerSlug server, string tool) =>
        !_registry.Current.Organizations.TryGetValue(organization, out var state) || state.Kills.Stopping(agent, server, tool) is not null;

    /// <summary>Ends it. What it still waits for is not recorded.</summary>
    public void Dispose()
    {
        _registry.Changed -= Wake;
        _stop.Cancel();
        if (_thread.ThreadState != ThreadState.Unstarted)
            _thread.Join();
        _tolls.Wait(Patience);
        _stop.Dispose();
        _changed.Dispose();
    }

    private void Forget(LiveCall call) => _live.TryRemove(call, out _);

    private void Wake()
    {
        if (_changed.CurrentCount == 0)
            _changed.Release();
    }

    private void Watch()
    {
        try
        {
            while (true)
            {
                _changed.Wait(_stop.Token);
                foreach (var state in _registry.Current.Organizations.Values)
                {
                    foreach (var kill in state.Kills.Standing)
                    {
                        if (_carriedOut.Add(kill.Id))
                            CarryOut(state, kill);
                    }
                }
            }
        }
        catch (OperationCanceledException)
        {
            // Stopping.
        }
    }

    private void CarryOut(OrganizationState state, Kill kill)
    {
        var ended = _live.Keys.Where(call => call.Organization == state.Id && kill.Scope.Stops(call.Agent, call.Server, call.Tool)).ToArray();
        foreach (var call in ended)
            call.Kill();
        var closing = _connections.Select(close => close(state)).ToArray();
        _tolls = Task.WhenAll(_tolls, TollAsync(state.Id, kill, ended, closing));
    }

    private async Task TollAsync(OrganizationId organization, Kill kill, LiveCall[] ended, Task[] closing)
    {
        var stopped = Task.WhenAll([.. ended.Select(call => call.Over), .. closing]);
        try
        {
            await stopped.WaitAsync(Patience, _time, _stop.Token);
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            return;
        }
        catch (TimeoutException)
        {
            // What does not end in time counts as long as it was waited for.
        }

        var after = _time.GetUtcNow() - kill.At;
        await _controls.TakeAsync(
            organization, null, Presence.Installation,
            _ => ControlPlan.Take(new KillTolled(kill.Id, ended.Length, (long)Math.Max(0, after.TotalMicroseconds))), CancellationToken.None);
    }
}

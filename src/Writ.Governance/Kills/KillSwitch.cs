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

    /// <summary>How long a toll waits that the ledger did not take.</summary>
    public static readonly TimeSpan TryAgain = TimeSpan.FromSeconds(5);

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

    /// <summary>Adds what ends the connections that a kill leaves without a use. Asked on a thread of its own; it does not wait for another's.</summary>
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
        Task.WaitAny([_tolls], Patience); // however it ended: what comes after is to be ended too
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
                CarryOut(NewKills());
            }
        }
        catch (OperationCanceledException)
        {
            // Stopping.
        }
    }

    private List<(OrganizationState State, Kill Kill)> NewKills()
    {
        var fresh = new List<(OrganizationState, Kill)>();
        foreach (var state in _registry.Current.Organizations.Values)
        {
            foreach (var kill in state.Kills.Standing)
            {
                if (_carriedOut.Add(kill.Id))
                    fresh.Add((state, kill));
            }
        }

        return fresh;
    }

    /// <summary>Ends the calls of every new kill first; what takes longer is done elsewhere, each on a thread of its own.</summary>
    private void CarryOut(List<(OrganizationState State, Kill Kill)> fresh)
    {
        var ended = fresh.ConvertAll(order => (order.State, order.Kill, Calls: _live.Keys.Where(call => call.Organization == order.State.Id && order.Kill.Scope.Stops(call.Agent, call.Server, call.Tool)).ToArray()));
        foreach (var call in ended.SelectMany(order => order.Calls))
            call.Kill();
        foreach (var (state, kill, calls) in ended)
        {
            var closing = Task.Factory.StartNew(() => CloseAsync(state), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).Unwrap();
            _tolls = Task.WhenAll(_tolls, TollAsync(state.Id, kill, calls, closing));
        }
    }

    private Task CloseAsync(OrganizationState state) => Task.WhenAll(_connections.Select(async close =>
    {
        try
        {
            await close(state);
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            // Its calls are cancelled and the gate lets nothing through to it: one connection that does not close is not worth the others.
        }
    }));

    private async Task TollAsync(OrganizationId organization, Kill kill, LiveCall[] ended, Task closing)
    {
        try
        {
            await Task.WhenAll([.. ended.Select(call => call.Over), closing]).WaitAsync(Patience, _time, _stop.Token);
        }
        catch (TimeoutException)
        {
            // What does not end in time counts as long as it was waited for.
        }
        catch (OperationCanceledException)
        {
            return;
        }

        var toll = new KillTolled(kill.Id, ended.Length, (long)Math.Max(0, (_time.GetUtcNow() - kill.At).TotalMicroseconds));
        using var again = new PeriodicTimer(TryAgain, _time);
        try
        {
            while (await _controls.TakeAsync(organization, null, Presence.Installation, _ => ControlPlan.Take(toll), _stop.Token) is ControlOutcome.NotRecorded)
                await again.WaitForNextTickAsync(_stop.Token);
        }
        catch (OperationCanceledException)
        {
            // Stopping: how long it took is not recorded.
        }
    }
}

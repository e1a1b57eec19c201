using Writ.Governance.Controls;
using Writ.Governance.Credentials;
using Writ.Governance.Holds;
using Writ.Governance.Organizations;
using Writ.Governance.People;
using Writ.Governance.Policies.Publishing;
using Writ.Governance.Records;
using Writ.Governance.Registry;

namespace Writ.Governance.Erasures;

/// <summary>
/// Forgets subjects: asked for by one person, confirmed by another, carried out by destroying the key, never under a hold and never by a
/// clock that jumped. The confirmation is durable before the key is touched, so that a crash in between is made good later. Thread safe.
/// </summary>
public sealed class ErasureService(ControlService controls, RegistryHolder registry, PayloadSealer sealer, ClockWatch clock, TimeProvider time) : IDisposable
{
    /// <summary>The most erasures of an organization that wait at once.</summary>
    public const int MaxOpen = 1_000;

    private readonly SemaphoreSlim _oneAtATime = new(1, 1);

    /// <summary>Asks for a subject to be erased.</summary>
    public async Task<ErasureOutcome> RequestAsync(Caller.PersonCaller caller, PayloadSubject subject, string reason, CancellationToken cancellation)
    {
        var organization = caller.Organization.Id;
        if (sealer.KeyOf(organization, subject) is not { } key)
            return ErasureOutcome.UnknownSubject.Instance;
        var id = Guid.CreateVersion7(time.GetUtcNow());
        LegalHold? hold = null;
        var outcome = await TakeAsync(caller, state =>
        {
            hold = state.HoldOver(key);
            return hold is not null ? ControlPlan.Refuse(hold.Words)
                : state.Erasures.Values.FirstOrDefault(e => e.Key == key && (e.IsOpen(time.GetUtcNow()) || e.State == ErasureState.Confirmed)) is { } open
                    ? ControlPlan.Refuse($"erasure {open.Id} of that subject waits already")
                : state.Erasures.Values.Count(e => e.IsOpen(time.GetUtcNow())) >= MaxOpen ? ControlPlan.Refuse($"{MaxOpen} erasures wait already: confirm or decline them first")
                : ControlPlan.Take(new ErasureRequested(id, subject.SealedUnder(key).Word, key, reason));
        }, cancellation);
        return outcome is ControlOutcome.Done ? new ErasureOutcome.Done(Find(organization, id)!)
            : hold is not null ? new ErasureOutcome.UnderHold(hold)
            : new ErasureOutcome.Refused(outcome);
    }

    /// <summary>Confirms an erasure, as a second person, and carries it out where nothing stands against it.</summary>
    public async Task<ErasureOutcome> ConfirmAsync(Caller.PersonCaller caller, Guid id, CancellationToken cancellation)
    {
        if (Find(caller.Organization.Id, id) is not { } known)
            return ErasureOutcome.Unknown.Instance;
        ConfirmationObstacle? obstacle = null;
        LegalHold? hold = null;
        var outcome = await TakeAsync(caller, state =>
        {
            (obstacle, hold) = (Obstacle(state, state.Erasures[id], caller.Person.Id), state.HoldOver(known.Key));
            return obstacle is not null ? ControlPlan.Refuse(obstacle.Text) : hold is not null ? ControlPlan.Refuse(hold.Words) : ControlPlan.Take(new ErasureConfirmed(id));
        }, cancellation);
        if (outcome is not ControlOutcome.Done)
            return obstacle is not null ? new ErasureOutcome.Unconfirmed(obstacle) : hold is not null ? new ErasureOutcome.UnderHold(hold) : new ErasureOutcome.Refused(outcome);
        await ExecuteConfirmedAsync();
        return new ErasureOutcome.Done(Find(caller.Organization.Id, id)!);
    }

    /// <summary>Declines an erasure, or takes it back.</summary>
    public async Task<ErasureOutcome> DeclineAsync(Caller.PersonCaller caller, Guid id, string reason, CancellationToken cancellation)
    {
        if (Find(caller.Organization.Id, id) is null)
            return ErasureOutcome.Unknown.Instance;
        var outcome = await TakeAsync(
            caller,
            state => state.Erasures[id].State == ErasureState.Requested ? ControlPlan.Take(new ErasureDeclined(id, reason)) : ControlPlan.Refuse("that erasure does not wait any more"),
            cancellation);
        return outcome is ControlOutcome.Done ? new ErasureOutcome.Done(Find(caller.Organization.Id, id)!) : new ErasureOutcome.Refused(outcome);
    }

    /// <summary>Why a confirmed erasure is not carried out yet, for people; null where nothing stands against it.</summary>
    public string? Waits(OrganizationState state, Erasure erasure) =>
        erasure.State == ErasureState.Confirmed ? state.HoldOver(erasure.Key)?.Words ?? clock.Obstacle : null;

    /// <summary>Carries out what was confirmed and nothing stands against. A fault leaves it for the next try.</summary>
    public async Task ExecuteConfirmedAsync()
    {
        await _oneAtATime.WaitAsync();
        try
        {
            foreach (var state in registry.Current.Organizations.Values)
            {
                foreach (var erasure in state.Erasures.Values.Where(e => e.State == ErasureState.Confirmed))
                {
                    // Asked of the state as it is now: a hold may have come while another erasure was under way.
                    if (Waits(registry.Current.Organizations[state.Id], erasure) is null && sealer.Destroy(state.Id, erasure.Key) is null)
                        await controls.TakeAsync(state.Id, null, Presence.Installation, _ => ControlPlan.Take(new ErasureExecuted(erasure.Id, erasure.Key)), CancellationToken.None);
                }
            }
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    /// <summary>Destroys again, at a start, what was erased before: an older key store may have been restored. Why it cannot; else null.</summary>
    public string? Replay()
    {
        foreach (var state in registry.Current.Organizations.Values)
        {
            foreach (var erasure in state.Erasures.Values.Where(e => e.State == ErasureState.Executed))
            {
                if (sealer.Destroy(state.Id, erasure.Key) is { } fault)
                    return $"a key that was erased cannot be destroyed again: {fault}";
            }

            foreach (var key in state.Restoration?.Erased ?? [])
            {
                if (sealer.Destroy(state.Id, key) is { } fault)
                    return $"a key that was erased before the restore cannot be destroyed again: {fault}";
            }
        }

        return null;
    }

    public void Dispose() => _oneAtATime.Dispose();

    private ConfirmationObstacle? Obstacle(OrganizationState state, Erasure erasure, PersonId person)
    {
        var now = time.GetUtcNow();
        return erasure.State != ErasureState.Requested ? new ConfirmationObstacle("decided", "that erasure does not wait any more")
            : now >= erasure.Due ? new ConfirmationObstacle("expired", $"it could be confirmed until {erasure.Due:u}: ask for it again")
            : state.SoloEnded ? SecondPerson.Obstacle(state, erasure.By, person, now)
            : null;
    }

    private Erasure? Find(OrganizationId organization, Guid id) => registry.Current.Organizations[organization].Erasures.GetValueOrDefault(id);

    private Task<ControlOutcome> TakeAsync(Caller.PersonCaller caller, Func<OrganizationState, ControlPlan> plan, CancellationToken cancellation) =>
        controls.TakeAsync(caller.Organization.Id, caller.Person.Id, caller.Presence, state => plan(state!), cancellation);
}

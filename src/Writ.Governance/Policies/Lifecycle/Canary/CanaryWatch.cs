using System.Collections.Concurrent;
using Writ.Governance.Controls;
using Writ.Governance.Decisions;
using Writ.Governance.Organizations;
using Writ.Governance.People;
using Writ.Governance.Policies.Lifecycle.Shadow;
using Writ.Governance.Registry;

namespace Writ.Governance.Policies.Lifecycle.Canary;

/// <summary>
/// Lets canaries decide for their share, and withdraws the one whose rates leave its band: as a control record of Writ's own. Until that
/// record is durable the canary stands; where it cannot be written, what holds decides for everybody and the record is tried again. Thread safe.
/// </summary>
internal sealed class CanaryWatch(ControlService controls, RegistryHolder registry)
{
    private readonly ConcurrentDictionary<OrganizationId, CanaryTrial> _trials = new();

    // Withdrawn in effect, and not in the ledger yet. One an organization, as there is one canary.
    private readonly ConcurrentDictionary<OrganizationId, Withdrawal> _suspended = new();
    private readonly ConcurrentDictionary<OrganizationId, Task> _underWay = new();

    /// <summary>The policy that decides an action.</summary>
    public ActivePolicy PolicyOf(ActionRequest request)
    {
        var organization = request.Organization;
        if (organization.Canary is not { } candidate || !CanaryShare.Contains(candidate, request.Facts))
            return organization.Policy;
        if (candidate.Policy.Snapshot.Fault is { } fault)
        {
            Withdraw(organization, candidate, $"it no longer compiles: {fault}", decides: false);
            return organization.Policy;
        }

        return _suspended.TryGetValue(organization.Id, out var suspended) && suspended.IsOf(candidate) ? organization.Policy : candidate.Policy;
    }

    /// <summary>Counts what policies answered, on either side.</summary>
    public void Count(ActionRequest request, GateResult result)
    {
        var organization = request.Organization;
        if (organization.Canary is not { } candidate || TrialOf(organization, candidate) is not { } trial)
            return;
        var byCanary = ReferenceEquals(request.Policy, candidate.Policy);
        if (trial.Count(byCanary, PolicyAnswer.Of(result).Outcome, request.Facts.Time) is { } left)
            Withdraw(organization, candidate, left, decides: true);
    }

    /// <summary>How the canary stands.</summary>
    public CanaryCounts Read(OrganizationState organization, BundleCandidate candidate) =>
        _trials.TryGetValue(organization.Id, out var trial) && trial.Fits(candidate, organization.Policy.Snapshot.Digest) ? trial.Read() : CanaryCounts.None;

    /// <summary>Whether what holds decides for everybody though the canary's end is not recorded yet.</summary>
    public bool IsSuspended(OrganizationState organization, BundleCandidate candidate) =>
        _suspended.TryGetValue(organization.Id, out var suspended) && suspended.IsOf(candidate);

    /// <summary>Records what could not be recorded before.</summary>
    public async Task RetryAsync()
    {
        foreach (var (organization, withdrawal) in _suspended)
            await RecordAsync(organization, withdrawal);
    }

    /// <summary>Completes when the withdrawals that are under way were tried.</summary>
    public Task SettleAsync() => Task.WhenAll(_underWay.Values);

    private void Withdraw(OrganizationState organization, BundleCandidate candidate, string reason, bool decides)
    {
        var withdrawal = new Withdrawal(candidate.Bundle.Name, candidate.Bundle.Digest, candidate.Since, reason);
        // One that does not compile decides nothing from the first moment on, and is withdrawn once.
        if (!decides && !_suspended.TryAdd(organization.Id, withdrawal))
            return;
        _underWay[organization.Id] = Task.Run(() => RecordAsync(organization.Id, withdrawal));
    }

    private async Task RecordAsync(OrganizationId organization, Withdrawal withdrawal)
    {
        try
        {
            var outcome = await controls.TakeAsync(
                organization, null, Presence.Installation,
                state => state?.Candidates.GetValueOrDefault(withdrawal.Name) is { Canary: not null } now && withdrawal.IsOf(now)
                    ? ControlPlan.Take(new BundleWithdrawn(withdrawal.Name, withdrawal.Digest, withdrawal.Reason))
                    : ControlPlan.Refuse("it is no canary any more"),
                CancellationToken.None);
            if (outcome is ControlOutcome.Done or ControlOutcome.Invalid)
                _suspended.TryRemove(KeyValuePair.Create(organization, withdrawal));
            else
                _suspended[organization] = withdrawal;
        }
        catch (Exception bug) when (bug is not OutOfMemoryException)
        {
            _suspended[organization] = withdrawal;
        }
    }

    /// <summary>Null where the decision was made by a state that is past.</summary>
    private CanaryTrial? TrialOf(OrganizationState organization, BundleCandidate candidate)
    {
        var holds = organization.Policy.Snapshot.Digest;
        if (_trials.TryGetValue(organization.Id, out var known) && known.Fits(candidate, holds))
            return known;
        if (registry.Current.Organizations.GetValueOrDefault(organization.Id) is not { Canary: { } present } now
            || present.Bundle.Digest != candidate.Bundle.Digest || present.Since != candidate.Since || now.Policy.Snapshot.Digest != holds)
            return null;
        return _trials.AddOrUpdate(
            organization.Id, _ => new CanaryTrial(candidate, holds), (_, old) => old.Fits(candidate, holds) ? old : new CanaryTrial(candidate, holds));
    }

    private sealed record Withdrawal(string Name, string Digest, DateTimeOffset Since, string Reason)
    {
        public bool IsOf(BundleCandidate candidate) => candidate.Bundle.Digest == Digest && candidate.Since == Since;
    }
}

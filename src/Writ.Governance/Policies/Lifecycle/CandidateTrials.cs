using System.Collections.Concurrent;
using Writ.Crypto.Hashing;
using Writ.Governance.Controls;
using Writ.Governance.Decisions;
using Writ.Governance.Organizations;
using Writ.Governance.Policies.Lifecycle.Canary;
using Writ.Governance.Policies.Lifecycle.Shadow;
using Writ.Governance.Registry;

namespace Writ.Governance.Policies.Lifecycle;

/// <summary>
/// Tries the candidates of every organization on its live decisions. What it counts lives as long as the process, and begins anew when
/// what holds changes: numbers against two different policies are not one number. It never delays a decision, and fails none. Thread safe.
/// </summary>
public sealed class CandidateTrials(ControlService controls, RegistryHolder registry, TimeProvider time) : IDisposable
{
    private readonly ConcurrentDictionary<(OrganizationId Organization, string Name), ShadowTrial> _shadows = new();
    private readonly ShadowQueue _queue = new();
    private readonly CanaryWatch _canaries = new(controls, registry);

    /// <summary>The action as it will be decided: on the canary's policy where it is in its share.</summary>
    internal ActionRequest Assign(ActionRequest request) =>
        request.Organization.Canary is null ? request : request with { Policy = _canaries.PolicyOf(request) };

    /// <summary>Takes note of a decision that was given, to evaluate the candidates on it.</summary>
    internal void Observe(ActionRequest request, Walked walked, Decision decision)
    {
        var organization = request.Organization;
        if (organization.Candidates.IsEmpty || decision is Decision.Denied { Refusal.Reason: var reason } && reason == ReasonCodes.NotRecorded)
            return;
        var answered = walked.WasAnsweredBy(PolicyGate.GateName);
        if (answered)
            _canaries.Count(request, walked.Result);
        if (!ReferenceEquals(request.Policy, organization.Policy))
            return;
        var against = organization.Policy.Snapshot.Digest;
        foreach (var candidate in organization.Candidates.Values)
        {
            if (TrialOf(organization, candidate, against) is not { } trial)
                continue;
            if (answered)
                _queue.Add(trial, request, candidate, walked.Result);
            else
                trial.Tally.PassElsewhere(request.Facts.Time);
        }
    }

    /// <summary>What was counted of a candidate.</summary>
    public ShadowCounts Read(OrganizationState organization, BundleCandidate candidate) =>
        _shadows.GetValueOrDefault((organization.Id, candidate.Bundle.Name)) is { } trial && trial.Fits(candidate, organization.Policy.Snapshot.Digest)
            ? trial.Tally.Read()
            : ShadowCounts.None;

    /// <summary>How a canary stands.</summary>
    public CanaryCounts ReadCanary(OrganizationState organization, BundleCandidate candidate) => _canaries.Read(organization, candidate);

    /// <summary>Whether what holds decides for everybody though the end of the canary is not recorded yet.</summary>
    public bool IsSuspended(OrganizationState organization, BundleCandidate candidate) => _canaries.IsSuspended(organization, candidate);

    /// <summary>Records the end of canaries that could not be recorded when they left their band.</summary>
    public Task RecordWaitingAsync() => _canaries.RetryAsync();

    /// <summary>Completes when every decision that was given before was evaluated, and what follows from it was tried.</summary>
    public async Task SettleAsync(CancellationToken cancellation)
    {
        await _queue.SettleAsync(cancellation);
        await _canaries.SettleAsync().WaitAsync(cancellation);
    }

    public void Dispose() => _queue.Dispose();

    /// <summary>Null where the decision was made by a state that is past: it must not begin again what the present is counted in.</summary>
    private ShadowTrial? TrialOf(OrganizationState organization, BundleCandidate candidate, Hash256 against)
    {
        var key = (organization.Id, candidate.Bundle.Name);
        if (_shadows.TryGetValue(key, out var known) && known.Fits(candidate, against))
            return known;
        if (registry.Current.Organizations.GetValueOrDefault(organization.Id) is not { } now
            || now.Candidates.GetValueOrDefault(candidate.Bundle.Name) is not { } present
            || present.Bundle.Digest != candidate.Bundle.Digest || present.Since != candidate.Since || now.Policy.Snapshot.Digest != against)
            return null;
        foreach (var (id, name) in _shadows.Keys)
        {
            if (id == organization.Id && !now.Candidates.ContainsKey(name))
                _shadows.TryRemove((id, name), out _);
        }

        return _shadows.AddOrUpdate(
            key, _ => new ShadowTrial(candidate, against, time), (_, old) => old.Fits(candidate, against) ? old : new ShadowTrial(candidate, against, time));
    }
}

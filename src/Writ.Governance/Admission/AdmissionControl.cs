using Writ.Governance.Organizations;
using Writ.Governance.Telemetry;

namespace Writ.Governance.Admission;

/// <summary>
/// Rates and concurrency per address, credential and organization, checked first. What it refuses reaches neither the ledger nor the
/// vault; it is counted, and the counts are summarized. Thread safe.
/// </summary>
public sealed class AdmissionControl(AdmissionOptions options, TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Entry> _entries = [];
    private readonly Dictionary<RefusedTraffic, long> _refused = [];
    private readonly Dictionary<(OrganizationId? Organization, string Cause), long> _refusedInAll = [];

    /// <summary>Lets a request of a known credential in, or not. Dispose the pass when the request is over.</summary>
    public AdmissionPass? TryEnter(OrganizationId organization, string credential)
    {
        lock (_lock)
        {
            var byCredential = Entry_NeedsLock("c:" + credential, options.RatePerCredential);
            var byOrganization = Entry_NeedsLock("o:" + organization, options.RatePerOrganization);
            var refusal =
                byCredential.InFlight >= options.ConcurrentPerCredential ? "credential-concurrency"
                : byOrganization.InFlight >= options.ConcurrentPerOrganization ? "organization-concurrency"
                : !byCredential.Bucket.TryTake() ? "credential-rate"
                : !byOrganization.Bucket.TryTake() ? "organization-rate"
                : null;
            if (refusal is not null)
            {
                Count_NeedsLock(new RefusedTraffic(organization, credential, refusal));
                return null;
            }

            byCredential.InFlight++;
            byOrganization.InFlight++;
            return new AdmissionPass(this, byCredential, byOrganization);
        }
    }

    /// <summary>Whether an address that presented no usable credential may be answered in full once more; counted either way.</summary>
    public bool TryEnterUnauthenticated(string address)
    {
        lock (_lock)
        {
            Count_NeedsLock(new RefusedTraffic(null, null, "unauthenticated"));
            return Entry_NeedsLock("a:" + address, options.UnauthenticatedRatePerAddress).Bucket.TryTake();
        }
    }

    /// <summary>Whether an address may begin or end a login once more; where it may not, that is counted.</summary>
    public bool TryEnterLogin(string address)
    {
        lock (_lock)
        {
            if (Entry_NeedsLock("l:" + address, options.UnauthenticatedRatePerAddress).Bucket.TryTake())
                return true;
            Count_NeedsLock(new RefusedTraffic(null, null, "login-rate"));
            return false;
        }
    }

    /// <summary>Counts a proof of a person that was refused.</summary>
    /// <param name="organization">Whose person was meant; null where that is not known.</param>
    /// <param name="credential">What the caller was let in by; null where by nothing yet.</param>
    /// <param name="cause">Why, in a word of Writ's own.</param>
    public void CountRefusedProof(OrganizationId? organization, string? credential, string cause)
    {
        lock (_lock)
            Count_NeedsLock(new RefusedTraffic(organization, credential, cause));
    }

    /// <summary>Whether so many reported spans of a credential may be recorded; none of them is, where they may not.</summary>
    public bool TryTakeSpans(OrganizationId organization, string credential, int count)
    {
        lock (_lock)
        {
            var byCredential = Entry_NeedsLock("s:" + credential, options.SpansPerCredential, SpanLimits.Spans);
            var byOrganization = Entry_NeedsLock("t:" + organization, options.SpansPerOrganization, SpanLimits.Spans);
            var refusal = !byCredential.Bucket.TryTake(count) ? "credential-spans" : !byOrganization.Bucket.TryTake(count) ? "organization-spans" : null;
            if (refusal is not null)
                Count_NeedsLock(new RefusedTraffic(organization, credential, refusal));
            return refusal is null;
        }
    }

    /// <summary>What was refused since the last call, by organization, credential and cause.</summary>
    public IReadOnlyDictionary<RefusedTraffic, long> TakeRefused()
    {
        lock (_lock)
        {
            var taken = new Dictionary<RefusedTraffic, long>(_refused);
            _refused.Clear();
            return taken;
        }
    }

    /// <summary>
    /// What was refused since the start, by cause: of an organization's credentials, or without one of those that showed none that is accepted.
    /// </summary>
    public IReadOnlyList<(string Cause, long Count)> RefusedInAll(OrganizationId? organization)
    {
        lock (_lock)
            return [.. _refusedInAll.Where(r => r.Key.Organization == organization).Select(r => (r.Key.Cause, r.Value))];
    }

    internal void Leave(Entry credential, Entry organization)
    {
        lock (_lock)
        {
            credential.InFlight--;
            organization.InFlight--;
        }
    }

    private void Count_NeedsLock(RefusedTraffic kind)
    {
        // Organizations and causes are few and Writ's own, whatever callers send.
        var total = (kind.Organization, kind.Cause);
        _refusedInAll[total] = _refusedInAll.GetValueOrDefault(total) + 1;
        if (_refused.ContainsKey(kind) || _refused.Count < options.MaxKeys)
            _refused[kind] = _refused.GetValueOrDefault(kind) + 1;
    }

    private Entry Entry_NeedsLock(string key, double rate, double leastBurst = 1)
    {
        if (_entries.TryGetValue(key, out var entry))
            return entry;
        if (_entries.Count >= options.MaxKeys)
        {
            foreach (var idle in _entries.Where(e => e.Value.InFlight == 0).OrderBy(e => e.Value.Bucket.LastUsed).Take(options.MaxKeys / 10).Select(e => e.Key).ToArray())
                _entries.Remove(idle);
        }

        return _entries[key] = new Entry(new TokenBucket(rate, Math.Max(leastBurst, rate * options.BurstSeconds), time));
    }

    internal sealed class Entry(TokenBucket bucket)
    {
        public TokenBucket Bucket { get; } = bucket;

        public int InFlight { get; set; }
    }
}

using Writ.Crypto.Hashing;
using Writ.Governance.Agents;
using Writ.Governance.Decisions;
using Writ.Governance.Folds;
using Writ.Governance.Organizations;
using Writ.Governance.People;

namespace Writ.Governance.Approvals;

/// <summary>
/// The requests for approval of all organizations, as the decision log says they stand. One lock guards it: every change is a
/// compare-and-set, so that two approvals, or an approval and its use, never both win. Expired requests are dropped as new ones come.
/// </summary>
public sealed class ApprovalBoard(TimeProvider time) : IFoldState
{
    /// <summary>Most requests of one agent that wait at once.</summary>
    public const int MaxPendingPerAgent = 100;

    private readonly Lock _lock = new();
    private readonly Dictionary<ApprovalId, ApprovalRequest> _byId = [];
    private readonly Dictionary<Hash256, ApprovalId> _byBinding = [];
    private readonly Dictionary<AgentId, int> _pendingByAgent = [];
    private readonly Dictionary<OrganizationId, DateTimeOffset> _latestRequests = [];
    private DateTimeOffset _latest;

    /// <summary>The latest time the board has seen: what expires, expires by it, also where the clock is set back.</summary>
    public DateTimeOffset Latest
    {
        get
        {
            lock (_lock)
                return Now_NeedsLock();
        }
    }

    /// <summary>The request that stands for a binding, if one is open; the caller learns nothing from an expired one.</summary>
    public ApprovalRequest? Find(Hash256 binding)
    {
        lock (_lock)
        {
            return _byBinding.TryGetValue(binding, out var id) && _byId.TryGetValue(id, out var request) && request.ExpiresAt > Now_NeedsLock()
                ? request
                : null;
        }
    }

    /// <summary>The request of an id, in one organization; what another organization has does not exist.</summary>
    public ApprovalRequest? Find(OrganizationId organization, ApprovalId id)
    {
        lock (_lock)
            return _byId.TryGetValue(id, out var request) && request.Organization == organization ? request : null;
    }

    /// <summary>Everything that waits in an organization, oldest first.</summary>
    public IReadOnlyList<ApprovalRequest> Pending(OrganizationId organization)
    {
        lock (_lock)
        {
            var now = Now_NeedsLock();
            return [.. _byId.Values
                .Where(r => r.Organization == organization && r.State == ApprovalState.Pending && r.ExpiresAt > now)
                .OrderBy(r => r.RequestedAt)];
        }
    }

    /// <summary>Opens a request, unless one for the same action is open already, which is then the answer; null when the agent has too many.</summary>
    public ApprovalRequest? Open(ApprovalRequest request)
    {
        lock (_lock)
        {
            if (Find(request.Binding) is { State: ApprovalState.Pending or ApprovalState.Approved or ApprovalState.Rejected } open)
                return open;
            DropExpired_NeedsLock();
            if (_pendingByAgent.GetValueOrDefault(request.Agent) >= MaxPendingPerAgent)
                return null;
            Put_NeedsLock(request);
            return request;
        }
    }

    /// <summary>Takes back a request whose decision never became durable.</summary>
    public void Withdraw(ApprovalRequest request)
    {
        lock (_lock)
        {
            if (_byId.TryGetValue(request.Id, out var known) && known.State == ApprovalState.Pending && known.ApprovedBy.IsEmpty)
                Remove_NeedsLock(known);
        }
    }

    /// <summary>Whether this person may approve or reject now; null when they may.</summary>
    public ApprovalConflict? Obstacle(OrganizationId organization, ApprovalId id, Person person)
    {
        lock (_lock)
            return Obstacle_NeedsLock(organization, id, person);
    }

    /// <summary>Counts a person's answer. The caller has made it durable; nobody else's answer came in between, or this says so.</summary>
    public ApprovalConflict? Decide(OrganizationId organization, ApprovalId id, Person person, bool approve, IReadOnlyCollection<Person> people)
    {
        lock (_lock)
        {
            if (Obstacle_NeedsLock(organization, id, person) is { } obstacle)
                return obstacle;
            Apply_NeedsLock(_byId[id].Answered(person.Id, approve, people));
            return null;
        }
    }

    /// <summary>Replays a recorded answer at start, with what the record says it made of the request.</summary>
    public void Replay(ApprovalId id, PersonId person, ApprovalState result)
    {
        lock (_lock)
        {
            if (_byId.TryGetValue(id, out var request) && request.State == ApprovalState.Pending)
                Apply_NeedsLock(request with { State = result, ApprovedBy = result == ApprovalState.Rejected ? request.ApprovedBy : request.ApprovedBy.Add(person) });
        }
    }

    /// <summary>Voids every request of an organization, answered or not: after a restore nobody knows what became of them.</summary>
    public void Void(OrganizationId organization)
    {
        lock (_lock)
        {
            foreach (var request in _byId.Values.Where(r => r.Organization == organization).ToArray())
                Remove_NeedsLock(request);
        }
    }

    /// <summary>Uses an approval: true for exactly one caller, once, before it expires.</summary>
    public bool TryConsume(ApprovalId id)
    {
        lock (_lock)
        {
            if (!_byId.TryGetValue(id, out var request) || request.State != ApprovalState.Approved || request.ExpiresAt <= Now_NeedsLock())
                return false;
            _byId[id] = request with { State = ApprovalState.Consumed };
            _byBinding.Remove(request.Binding);
            return true;
        }
    }

    /// <summary>Gives an approval back whose decision the ledger certainly did not take.</summary>
    public void Return(ApprovalId id)
    {
        lock (_lock)
        {
            if (_byId.TryGetValue(id, out var request) && request.State == ApprovalState.Consumed && _byBinding.TryAdd(request.Binding, id))
                _byId[id] = request with { State = ApprovalState.Approved };
        }
    }

    /// <summary>Replays a recorded request or use at start, without regard to the clock.</summary>
    public void Replay(ApprovalRequest request)
    {
        lock (_lock)
        {
            if (!_byId.ContainsKey(request.Id))
                Put_NeedsLock(request);
        }
    }

    /// <summary>Replays the recorded use of an approval at start.</summary>
    public void ReplayConsumed(ApprovalId id)
    {
        lock (_lock)
        {
            if (_byId.TryGetValue(id, out var request))
            {
                Uncount_NeedsLock(request);
                _byId[id] = request with { State = ApprovalState.Consumed };
                if (_byBinding.TryGetValue(request.Binding, out var bound) && bound == id)
                    _byBinding.Remove(request.Binding);
            }
        }
    }

    /// <summary>Drops, after a replay, the requests of an organization that had expired when its latest one came, as that one did then.</summary>
    internal void DropExpired(OrganizationId organization)
    {
        lock (_lock)
        {
            if (!_latestRequests.TryGetValue(organization, out var latest))
                return;
            foreach (var request in _byId.Values.Where(r => r.Organization == organization && r.ExpiresAt <= latest).ToArray())
                Remove_NeedsLock(request);
        }
    }

    bool IFoldState.TryWriteTo(FoldWriter writer)
    {
        lock (_lock)
        {
            writer.Number(_latestRequests.Count);
            foreach (var (organization, latest) in _latestRequests.OrderBy(l => l.Key.ToString(), StringComparer.Ordinal))
            {
                writer.Text(organization.ToString());
                writer.Time(latest);
            }

            writer.Number(_byId.Count);
            foreach (var request in _byId.Values.OrderBy(r => r.Id.Value))
            {
                writer.Flag(_byBinding.TryGetValue(request.Binding, out var bound) && bound == request.Id);
                if (!request.TryWriteTo(writer))
                    return false;
            }
        }

        return true;
    }

    void IFoldState.ReadFrom(FoldReader reader)
    {
        lock (_lock)
        {
            for (var organizations = reader.Count(); organizations > 0; organizations--)
                Saw_NeedsLock(OrganizationId.Parse(reader.Text()), reader.Time());
            for (var requests = reader.Count(); requests > 0; requests--)
            {
                var isBound = reader.Flag();
                var request = FoldedApproval.Read(reader);
                _byId.Add(request.Id, request);
                if (isBound)
                    _byBinding.Add(request.Binding, request.Id);
                if (request.State == ApprovalState.Pending)
                    _pendingByAgent[request.Agent] = _pendingByAgent.GetValueOrDefault(request.Agent) + 1;
            }
        }
    }

    private ApprovalConflict? Obstacle_NeedsLock(OrganizationId organization, ApprovalId id, Person person)
    {
        if (!_byId.TryGetValue(id, out var request) || request.Organization != organization)
            return ApprovalConflict.NotFound;
        if (request.State == ApprovalState.Consumed)
            return ApprovalConflict.Consumed;
        if (request.State != ApprovalState.Pending)
            return ApprovalConflict.AlreadyDecided;
        if (request.ExpiresAt <= Now_NeedsLock())
            return ApprovalConflict.Expired;
        if (request.Requester == person.Id)
            return ApprovalConflict.SelfApproval;
        if (request.ApprovedBy.Contains(person.Id))
            return ApprovalConflict.AlreadyDecided;
        return request.Asks.Any(ask => ask.Admits(person)) ? null : ApprovalConflict.NotAnApprover;
    }

    private void Apply_NeedsLock(ApprovalRequest answered)
    {
        if (answered.State != ApprovalState.Pending)
            Uncount_NeedsLock(_byId[answered.Id]);
        _byId[answered.Id] = answered;
    }

    /// <summary>The latest time there has been: a clock that is set back revives nothing that expired.</summary>
    private DateTimeOffset Now_NeedsLock()
    {
        var now = time.GetUtcNow();
        return _latest = now > _latest ? now : _latest;
    }

    private void Put_NeedsLock(ApprovalRequest request)
    {
        Saw_NeedsLock(request.Organization, request.RequestedAt);
        _byId[request.Id] = request;
        _byBinding[request.Binding] = request.Id;
        _pendingByAgent[request.Agent] = _pendingByAgent.GetValueOrDefault(request.Agent) + 1;
    }

    private void Saw_NeedsLock(OrganizationId organization, DateTimeOffset requestedAt)
    {
        _latest = requestedAt > _latest ? requestedAt : _latest;
        if (!_latestRequests.TryGetValue(organization, out var latest) || latest < requestedAt)
            _latestRequests[organization] = requestedAt;
    }

    private void Remove_NeedsLock(ApprovalRequest request)
    {
        Uncount_NeedsLock(request);
        _byId.Remove(request.Id);
        if (_byBinding.TryGetValue(request.Binding, out var bound) && bound == request.Id)
            _byBinding.Remove(request.Binding);
    }

    private void Uncount_NeedsLock(ApprovalRequest request)
    {
        if (request.State == ApprovalState.Pending && _pendingByAgent.TryGetValue(request.Agent, out var count))
            _pendingByAgent[request.Agent] = Math.Max(0, count - 1);
    }

    private void DropExpired_NeedsLock()
    {
        var now = Now_NeedsLock();
        foreach (var request in _byId.Values.Where(r => r.ExpiresAt <= now).ToArray())
            Remove_NeedsLock(request);
    }
}

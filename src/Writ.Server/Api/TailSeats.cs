using Writ.Governance.Organizations;
using Writ.Governance.People;

namespace Writ.Server.Api;

/// <summary>How many streams an organization and a person may have open at once. Thread safe.</summary>
internal sealed class TailSeats(int perOrganization = TailSeats.PerOrganization, int perPerson = TailSeats.PerPerson)
{
    public const int PerOrganization = 64;

    public const int PerPerson = 8;

    private readonly Lock _lock = new();
    private readonly Dictionary<(OrganizationId, PersonId?), int> _taken = [];

    /// <summary>A seat, given back when it is disposed; null when there is none.</summary>
    public IDisposable? TryTake(OrganizationId organization, PersonId person)
    {
        lock (_lock)
        {
            if (_taken.GetValueOrDefault((organization, null)) >= perOrganization || _taken.GetValueOrDefault((organization, person)) >= perPerson)
                return null;
            Add_NeedsLock((organization, null), 1);
            Add_NeedsLock((organization, person), 1);
        }

        return new Seat(this, organization, person);
    }

    private void Add_NeedsLock((OrganizationId, PersonId?) key, int count)
    {
        var taken = _taken.GetValueOrDefault(key) + count;
        if (taken == 0)
            _taken.Remove(key);
        else
            _taken[key] = taken;
    }

    private sealed class Seat(TailSeats seats, OrganizationId organization, PersonId person) : IDisposable
    {
        private int _given;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _given, 1) != 0)
                return;
            lock (seats._lock)
            {
                seats.Add_NeedsLock((organization, null), -1);
                seats.Add_NeedsLock((organization, person), -1);
            }
        }
    }
}

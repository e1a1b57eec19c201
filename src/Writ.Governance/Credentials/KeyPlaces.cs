using System.Collections.Concurrent;
using System.Net;
using Writ.Governance.Agents;
using Writ.Governance.Organizations;

namespace Writ.Governance.Credentials;

/// <summary>
/// From where each API key was last used, to notice one that is used in two places at once. It refuses nothing: a key that may be used only from
/// somewhere is bound to networks. In memory, bounded by the keys there are; what waits to be recorded is bounded too, and a key that is not noted
/// because of that is noted at its next use. Thread safe.
/// </summary>
public sealed class KeyPlaces(TimeProvider time)
{
    /// <summary>Uses from two networks within this time are uses in two places.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(10);

    /// <summary>How often at most a key is noted.</summary>
    public static readonly TimeSpan Quiet = TimeSpan.FromHours(1);

    private const int MostWaiting = 1_024;

    private readonly ConcurrentDictionary<string, Place> _places = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<KeySighting> _waiting = new();

    /// <summary>Notes an accepted use of a key.</summary>
    public void See(OrganizationId organization, AgentKey key, IPAddress? source)
    {
        ArgumentNullException.ThrowIfNull(key);
        if (source is null)
            return;
        var (network, now) = (SourceNetwork.Of(source), time.GetUtcNow());
        var place = _places.GetOrAdd(key.KeyId, static (_, first) => new Place(first.network, first.now), (network, now));
        lock (place)
        {
            var (before, apart) = (place.Network, now - place.At);
            (place.Network, place.At) = (network, now);
            if (before == network || apart >= Window || now < place.QuietUntil || _waiting.Count >= MostWaiting)
                return;
            place.QuietUntil = now + Quiet;
            _waiting.Enqueue(new KeySighting(organization, key.Agent, key.KeyId, before, network, apart));
        }
    }

    /// <summary>What was noticed since the last call.</summary>
    public IReadOnlyList<KeySighting> Take()
    {
        var taken = new List<KeySighting>();
        while (_waiting.TryDequeue(out var sighting))
            taken.Add(sighting);
        return taken;
    }

    private sealed class Place(SourceNetwork network, DateTimeOffset at)
    {
        public SourceNetwork Network { get; set; } = network;

        public DateTimeOffset At { get; set; } = at;

        public DateTimeOffset QuietUntil { get; set; }
    }
}

using System.Collections.Immutable;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Writ.Governance.Agents;
using Writ.Governance.Organizations;
using Writ.Governance.Registry;
using Writ.Identity.Tokens;

namespace Writ.Governance.Shadows;

/// <summary>
/// Who knocks at doors and is not known. In memory and bounded: by organization, and by sender, so that nobody pushes the others out; what is
/// more is counted as one. A summary of what is new goes to the records, a few an hour. Whose door it was follows from the token, where Writ
/// once issued it, and is otherwise the installation's first organization: doors carry no organization in their path. Thread safe.
/// </summary>
/// <param name="registry">Says whose a token is.</param>
/// <param name="key">Makes the names: a hash that nobody else could compare with a guess.</param>
/// <param name="first">The organization of who shows nothing of another.</param>
/// <param name="time">The clock.</param>
public sealed class ShadowBook(RegistryHolder registry, byte[] key, OrganizationId first, TimeProvider time)
{
    /// <summary>The most that are kept of an organization; the one not seen longest leaves.</summary>
    public const int MostOfAnOrganization = 1_000;

    /// <summary>The most that are kept apart of one sender; what it is beyond that counts as one more.</summary>
    public const int MostOfASender = 20;

    /// <summary>The most records in an hour of an organization.</summary>
    public const int MostRecordsAnHour = 32;

    /// <summary>How long after it was last seen one is kept.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    private const int MaxText = 96;

    private readonly Lock _lock = new();
    private readonly Dictionary<OrganizationId, Dictionary<string, Entry>> _entries = [];
    private readonly Dictionary<OrganizationId, (DateTimeOffset From, int Count)> _recorded = [];

    /// <summary>Takes note of a request that proved nobody.</summary>
    public void Note(in Knock knock)
    {
        var now = time.GetUtcNow();
        var (credential, keyId, organization) = Read(knock.Authorization);
        var client = AgentLabel.Inert(knock.Client, MaxText);
        var tried = AgentLabel.Inert(knock.Tried, MaxText) ?? "";
        var sender = AddressClasses.SenderOf(knock.Address);
        var id = credential == "none" ? Name("none", sender, client ?? "") : Name("credential", knock.Authorization!, "");
        lock (_lock)
        {
            if (!_entries.TryGetValue(organization, out var known))
                _entries[organization] = known = [];
            if (!known.TryGetValue(id, out var entry))
            {
                if (known.Values.Count(e => e.Sender == sender) >= MostOfASender)
                    (id, credential, keyId, client) = (Name("others", sender, ""), "others", null, null);
                if (!known.TryGetValue(id, out entry))
                    known[id] = entry = Begin_NeedsLock(known, id, credential, keyId, sender, now);
            }

            var shadow = entry.Shadow;
            var all = shadow.Tried.Count >= ShadowAgent.MostTried;
            entry.Fresh++;
            entry.Shadow = shadow with
            {
                Address = AddressClasses.Of(knock.Address),
                Client = client ?? shadow.Client,
                Doors = shadow.Doors.Add(knock.Door),
                Tried = all ? shadow.Tried : shadow.Tried.Add(tried),
                TriedMore = shadow.TriedMore || (all && !shadow.Tried.Contains(tried)),
                LastSeen = now,
                Count = shadow.Count + 1,
            };
        }
    }

    /// <summary>Who knocked at an organization's doors, whom nobody registered, the last seen first.</summary>
    public ImmutableArray<ShadowAgent> Of(OrganizationId organization)
    {
        lock (_lock)
            return _entries.TryGetValue(organization, out var known) ? [.. known.Values.Select(e => e.Shadow).OrderByDescending(s => s.LastSeen).ThenBy(s => s.Id, StringComparer.Ordinal)] : [];
    }

    /// <summary>One of them, or null.</summary>
    public ShadowAgent? Find(OrganizationId organization, string id)
    {
        lock (_lock)
            return _entries.TryGetValue(organization, out var known) && known.TryGetValue(id, out var entry) ? entry.Shadow : null;
    }

    /// <summary>What was seen since the last call and may be recorded; what is more than an hour's share waits, and is counted on. Forgets who was not seen for long.</summary>
    public IReadOnlyList<(OrganizationId Organization, string Id, long Count)> TakeFresh()
    {
        var now = time.GetUtcNow();
        var taken = new List<(OrganizationId, string, long)>();
        lock (_lock)
        {
            foreach (var (organization, known) in _entries)
            {
                foreach (var old in known.Where(e => now - e.Value.Shadow.LastSeen > Kept).Select(e => e.Key).ToArray())
                    known.Remove(old);
                var (from, count) = _recorded.GetValueOrDefault(organization, (now, 0));
                if (now - from >= TimeSpan.FromHours(1))
                    (from, count) = (now, 0);
                foreach (var entry in known.Values.Where(e => e.Fresh > 0).OrderBy(e => e.Shadow.FirstSeen))
                {
                    if (count >= MostRecordsAnHour)
                        break;
                    taken.Add((organization, entry.Shadow.Id, entry.Fresh));
                    entry.Fresh = 0;
                    count++;
                }

                _recorded[organization] = (from, count);
            }
        }

        return taken;
    }

    private static Entry Begin_NeedsLock(Dictionary<string, Entry> known, string id, string credential, string? keyId, string sender, DateTimeOffset now)
    {
        if (known.Count >= MostOfAnOrganization)
            known.Remove(known.MinBy(e => e.Value.Shadow.LastSeen).Key);
        return new Entry(sender, new ShadowAgent { Id = id, Credential = credential, KeyId = keyId, Address = AddressClass.Unknown, FirstSeen = now, LastSeen = now, Count = 0 });
    }

    /// <summary>What kind of credential that is, which of ours it names, and whose door that makes it.</summary>
    private (string Kind, string? KeyId, OrganizationId Organization) Read(string? authorization)
    {
        if (string.IsNullOrEmpty(authorization))
            return ("none", null, first);
        if (!AuthenticationHeaderValue.TryParse(authorization, out var header) || !header.Scheme.Equals("Bearer", StringComparison.OrdinalIgnoreCase))
            return ("foreign", null, first);
        if (!PresentedToken.TryParse(header.Parameter, out var token, out _))
            return ("token", null, first);
        var keyId = token.Id.ToString();
        return registry.Current.Credentials.TryGetValue(keyId, out var organization)
            ? (Word(token.Kind), keyId, organization)
            : (Word(token.Kind), null, first);
    }

    private static string Word(TokenKind kind) => kind switch
    {
        TokenKind.AgentKey => "agent-key",
        TokenKind.PersonToken => "person-token",
        TokenKind.EnforcementPointKey => "enforcement-point-key",
        _ => "other-token",
    };

    private string Name(string kind, string what, string more) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"{kind.Length}:{kind}{what.Length}:{what}{more}")).AsSpan(0, 16));

    private sealed class Entry(string sender, ShadowAgent shadow)
    {
        public string Sender { get; } = sender;

        public ShadowAgent Shadow { get; set; } = shadow;

        /// <summary>How often it was seen since its last record.</summary>
        public long Fresh { get; set; }
    }
}

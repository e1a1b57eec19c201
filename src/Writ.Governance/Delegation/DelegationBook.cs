using System.Collections.Immutable;
using System.Text.Json;
using Writ.Crypto.Hashing;
using Writ.Governance.Decisions;
using Writ.Governance.Folds;
using Writ.Governance.Organizations;
using Writ.Governance.Policies.Constraints;
using Writ.Governance.Records;
using Writ.Identity.Delegation;

namespace Writ.Governance.Delegation;

/// <summary>
/// Counts what is used under each link of a chain, by whoever descends from it: permitted calls, what they cost by confirmed prices, and to
/// how many it was handed on. Looking and taking are one step (T22); a call stays counted whatever comes of it; a start counts what the
/// decision log holds. Bounded: an organization that fills it is refused, and no other. Thread safe.
/// </summary>
public sealed class DelegationBook : IFoldState
{
    /// <summary>The most links counted of one organization.</summary>
    public const int MaxLinks = 100_000;

    /// <summary>To how many agents one link may be handed on.</summary>
    public const int MaxFanOut = 64;

    private readonly Lock _gate = new();
    private readonly Dictionary<OrganizationId, Dictionary<Hash256, Use>> _organizations = [];

    /// <summary>Takes one call and its cost of every link of the action's chain, or nothing: then why.</summary>
    internal GateResult.Denied? Take(ActionRequest request, Arguments arguments)
    {
        if (request.Facts.Chain?.Verified is not { } chain)
            return null;
        var cost = CostEstimate.Of(request.Tool?.Classification?.Price, arguments.Value);
        lock (_gate)
        {
            var links = LinksOf_NeedsLock(request.Facts.Organization);
            if (Exceeded(links, chain, cost, request.Facts.Time) is { } denied)
                return denied;
            Add(links, [.. chain.Tokens.Select(link => link.Hash)], 1, cost ?? 0, request.Facts.Time);
            return null;
        }
    }

    /// <summary>Gives back what a decision took that was certainly not recorded.</summary>
    internal void Return(ActionRequest request, Arguments arguments)
    {
        if (request.Facts.Chain?.Verified is not { } chain)
            return;
        var cost = CostEstimate.Of(request.Tool?.Classification?.Price, arguments.Value) ?? 0;
        lock (_gate)
            Add(LinksOf_NeedsLock(request.Facts.Organization), [.. chain.Tokens.Select(link => link.Hash)], -1, -cost, request.Facts.Time);
    }

    /// <summary>Counts a permitting decision that the log holds and that was taken under a chain.</summary>
    internal void Replay(OrganizationId organization, JsonElement record)
    {
        if (!record.TryGetProperty("chain", out var chain))
            return;
        var links = chain.EnumerateArray()
            .Select(link => Hash256.TryParseHex(link.GetString(), out var hash) ? hash : throw new InvalidDataException("a link of its chain is no hash"))
            .ToImmutableArray();
        var cost = record.TryGetProperty("cost_nano_usd", out var known) ? known.GetInt64() : 0;
        lock (_gate)
            Add(LinksOf_NeedsLock(organization), links, 1, cost, Timestamp.FromMicroseconds(record.GetProperty("at").GetInt64()));
    }

    bool IFoldState.TryWriteTo(FoldWriter writer)
    {
        lock (_gate)
        {
            writer.Number(_organizations.Count);
            foreach (var (organization, links) in _organizations.OrderBy(o => o.Key.ToString(), StringComparer.Ordinal))
            {
                writer.Text(organization.ToString());
                writer.Number(links.Count);
                foreach (var (link, use) in links.OrderBy(l => l.Key))
                {
                    writer.Hash(link);
                    writer.Number(use.Calls);
                    writer.Number(use.NanoUsd);
                    writer.Time(use.Last);
                    writer.Number(use.Children.Count);
                    foreach (var child in use.Children.Order())
                        writer.Hash(child);
                }
            }
        }

        return true;
    }

    void IFoldState.ReadFrom(FoldReader reader)
    {
        lock (_gate)
        {
            for (var organizations = reader.Count(); organizations > 0; organizations--)
            {
                var links = LinksOf_NeedsLock(OrganizationId.Parse(reader.Text()));
                for (var count = reader.Count(); count > 0; count--)
                    links.Add(reader.Hash(), new Use(reader.Number(), reader.Number(), reader.Time(), [.. reader.Many(r => r.Hash())]));
            }
        }
    }

    private static GateResult.Denied? Exceeded(Dictionary<Hash256, Use> links, DelegationChain chain, long? cost, DateTimeOffset now)
    {
        var more = chain.Tokens.Count(link => !links.ContainsKey(link.Hash));
        if (more > 0 && links.Count + more > MaxLinks && !MakeRoom(links, more, now))
            return Deny($"{MaxLinks} links are being counted already");
        for (var i = 0; i < chain.Tokens.Length; i++)
        {
            var (link, terms) = (chain.Tokens[i], chain.Tokens[i].Terms);
            var use = links.GetValueOrDefault(link.Hash) ?? Use.None;
            if (terms.Calls is { } calls && use.Calls >= calls)
                return Deny($"as many calls as the link at depth {link.Depth} allows were made under it");
            if (i + 1 < chain.Tokens.Length && use.Children.Count >= MaxFanOut && !use.Children.Contains(chain.Tokens[i + 1].Hash))
                return Deny($"the link at depth {link.Depth} was handed on to {MaxFanOut} agents already");
            if (terms.Spend is not { } spend)
                continue;
            if (spend.Currency != "USD" || cost is not { } known)
                return GateResult.Denied.Because(ReasonCodes.PriceUnknown, "a link of the chain limits what is spent, and what the call costs is not known in its currency");
            if (known > spend.Max - use.NanoUsd || known > (spend.Per ?? long.MaxValue))
                return Deny($"the call costs more than the link at depth {link.Depth} leaves");
        }

        return null;
    }

    private static void Add(Dictionary<Hash256, Use> links, ImmutableArray<Hash256> chain, int calls, long cost, DateTimeOffset at)
    {
        // From the leaf up: a link counts among the children of the one before it as long as calls under it do.
        for (var i = chain.Length - 1; i >= 0; i--)
        {
            var use = links.GetValueOrDefault(chain[i]) ?? Use.None;
            var children = i + 1 == chain.Length ? use.Children
                : links.ContainsKey(chain[i + 1]) ? use.Children.Add(chain[i + 1])
                : use.Children.Remove(chain[i + 1]);
            if (use.Calls + calls == 0)
                links.Remove(chain[i]);
            else
                links[chain[i]] = new Use(use.Calls + calls, (long)Int128.Min((Int128)use.NanoUsd + cost, long.MaxValue), at > use.Last ? at : use.Last, children);
        }
    }

    // No token lives longer than that, so nothing can be used under such a link any more.
    private static bool MakeRoom(Dictionary<Hash256, Use> links, int more, DateTimeOffset now)
    {
        foreach (var (link, use) in links)
        {
            if (now - use.Last >= DelegationLimits.MaxLifetime)
                links.Remove(link);
        }

        return links.Count + more <= MaxLinks;
    }

    private static GateResult.Denied Deny(string detail) => GateResult.Denied.Because(ReasonCodes.ChainUsedUp, detail);

    private Dictionary<Hash256, Use> LinksOf_NeedsLock(OrganizationId organization)
    {
        if (!_organizations.TryGetValue(organization, out var links))
            _organizations.Add(organization, links = []);
        return links;
    }

    private sealed record Use(long Calls, long NanoUsd, DateTimeOffset Last, ImmutableHashSet<Hash256> Children)
    {
        public static Use None { get; } = new(0, 0, DateTimeOffset.UnixEpoch, []);
    }
}

using System.Collections.Immutable;
using System.Text.Json;
using Writ.Governance.Decisions;
using Writ.Governance.Folds;
using Writ.Governance.Organizations;
using Writ.Governance.Policies.Constraints;
using Writ.Governance.Records;

namespace Writ.Governance.Limits;

/// <summary>
/// Counts permitted calls against the rates they were permitted under. Looking and taking are one step, so that concurrent calls never
/// overshoot (T22); a call is counted once, when its decision permits it (T29). A start counts what the decision log holds, so that a
/// restart forgets nothing. Bounded: an organization that fills it is refused, and no other. Thread safe.
/// </summary>
public sealed class RateBook : IFoldState
{
    /// <summary>The most counts that one organization may have open.</summary>
    public const int MaxCounts = 20_000;

    private static readonly TimeSpan SweepEvery = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<OrganizationId, Counts> _organizations = [];

    /// <summary>Which rate would deny the call now, for people; null when none would. Takes nothing.</summary>
    internal string? Exceeded(ActionRequest request, ConstraintSet constraints)
    {
        if (!HasRates(constraints))
            return null;
        lock (_gate)
            return Exceeded_NeedsLock(request.Facts.Organization, RateCaller.Of(request), constraints, request.Facts.Time);
    }

    /// <summary>Takes one of every rate, or none of any: then null, and which rate denies it.</summary>
    internal RateReservation? Reserve(ActionRequest request, ConstraintSet constraints, out string? exceeded)
    {
        exceeded = null;
        if (!HasRates(constraints))
            return RateReservation.Nothing;
        var caller = RateCaller.Of(request);
        lock (_gate)
        {
            exceeded = Exceeded_NeedsLock(request.Facts.Organization, caller, constraints, request.Facts.Time);
            return exceeded is null ? Take_NeedsLock(request.Facts.Organization, caller, constraints.Items, request.Facts.Time) : null;
        }
    }

    /// <summary>Gives back what a decision took that was certainly not recorded.</summary>
    internal void Return(RateReservation reservation)
    {
        if (reservation.Taken.IsEmpty)
            return;
        lock (_gate)
        {
            foreach (var (key, at) in reservation.Taken)
                _organizations[reservation.Organization].Windows.GetValueOrDefault(key)?.Remove(at);
        }
    }

    /// <summary>Counts a permitting decision that the log holds.</summary>
    /// <exception cref="InvalidDataException">It names a rate that cannot be read.</exception>
    internal void Replay(OrganizationId organization, JsonElement record)
    {
        if (!record.TryGetProperty("constraints", out var written))
            return;
        var rates = written.EnumerateArray()
            .Select(text => text.GetString()!)
            .Where(text => text.StartsWith(Constraint.RateLimit.Word + " ", StringComparison.Ordinal))
            .Select(text => ConstraintParser.Parse(text, out _) ?? throw new InvalidDataException("it names a rate that this binary cannot read"))
            .ToImmutableArray();
        if (rates.IsEmpty)
            return;
        var caller = new RateCaller(
            record.GetProperty("action").GetString()!, record.GetProperty("agent").GetGuid(),
            record.GetProperty("credential").GetString()!, record.GetProperty("task_root").GetGuid());
        var at = Timestamp.FromMicroseconds(record.GetProperty("at").GetInt64());
        lock (_gate)
        {
            // What made room then makes room now: else every count there ever was would stay.
            if (_organizations.TryGetValue(organization, out var counts))
                counts.HasRoomFor(rates.Length, at);
            Take_NeedsLock(organization, caller, rates, at);
        }
    }

    bool IFoldState.TryWriteTo(FoldWriter writer)
    {
        lock (_gate)
        {
            writer.Number(_organizations.Count);
            foreach (var (organization, counts) in _organizations.OrderBy(o => o.Key.ToString(), StringComparer.Ordinal))
            {
                writer.Text(organization.ToString());
                counts.WriteTo(writer);
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
                var counts = new Counts();
                _organizations.Add(OrganizationId.Parse(reader.Text()), counts);
                counts.ReadFrom(reader);
            }
        }
    }

    private static bool HasRates(ConstraintSet constraints) => !constraints.IsEmpty && constraints.Items.Any(c => c is Constraint.RateLimit);

    private string? Exceeded_NeedsLock(OrganizationId organization, RateCaller caller, ConstraintSet constraints, DateTimeOffset now)
    {
        var counts = _organizations.GetValueOrDefault(organization);
        var opened = 0;
        foreach (var limit in constraints.Items.OfType<Constraint.RateLimit>())
        {
            if (counts?.Windows.GetValueOrDefault(caller.KeyOf(limit)) is not { } window)
                opened++;
            else if (window.CountAt(now) >= limit.Count)
                return $"as many calls as it allows were permitted: {limit}";
        }

        return counts is null || opened == 0 || counts.HasRoomFor(opened, now) ? null : $"{MaxCounts} rates are being counted already";
    }

    private RateReservation Take_NeedsLock(OrganizationId organization, RateCaller caller, ImmutableArray<Constraint> constraints, DateTimeOffset at)
    {
        if (!_organizations.TryGetValue(organization, out var counts))
            _organizations.Add(organization, counts = new Counts());
        var taken = ImmutableArray.CreateBuilder<(RateKey, DateTimeOffset)>();
        foreach (var limit in constraints.OfType<Constraint.RateLimit>())
        {
            var key = caller.KeyOf(limit);
            if (!counts.Windows.TryGetValue(key, out var window))
                counts.Windows.Add(key, window = new RateWindow(limit.Window));
            window.CountAt(at);
            taken.Add((key, window.Add(at)));
        }

        return new RateReservation(organization, taken.ToImmutable());
    }

    private sealed class Counts
    {
        private DateTimeOffset _swept = DateTimeOffset.MinValue;

        public Dictionary<RateKey, RateWindow> Windows { get; } = [];

        /// <summary>Whether more counts may be opened. Those in which nothing counts any more make room, looked for at most once a second.</summary>
        public bool HasRoomFor(int more, DateTimeOffset now)
        {
            if (Windows.Count + more > MaxCounts && now - _swept >= SweepEvery)
            {
                _swept = now;
                foreach (var (key, window) in Windows)
                {
                    if (window.CountAt(now) == 0)
                        Windows.Remove(key);
                }
            }

            return Windows.Count + more <= MaxCounts;
        }

        public void WriteTo(FoldWriter writer)
        {
            var ordered = Windows.OrderBy(w => w.Key.Counted, StringComparer.Ordinal).ThenBy(w => w.Key.Scope)
                .ThenBy(w => w.Key.Who, StringComparer.Ordinal).ThenBy(w => w.Key.Window);
            writer.Time(_swept);
            writer.Number(Windows.Count);
            foreach (var (key, window) in ordered)
            {
                writer.Text(key.Counted);
                writer.Number((long)key.Scope);
                writer.Text(key.Who);
                writer.Number(key.Window.Ticks);
                window.WriteTo(writer);
            }
        }

        public void ReadFrom(FoldReader reader)
        {
            _swept = reader.Time();
            for (var windows = reader.Count(); windows > 0; windows--)
            {
                var key = new RateKey(reader.Text(), (RateScope)reader.Number(), reader.Text(), TimeSpan.FromTicks(reader.Number()));
                var window = new RateWindow(key.Window);
                Windows.Add(key, window);
                window.ReadFrom(reader);
            }
        }
    }
}

using Writ.Governance.Controls;
using Writ.Governance.Holds;
using Writ.Governance.Records;
using Writ.Governance.Registry;

namespace Writ.Governance.Erasures;

/// <summary>What control actions about erasures make of an organization.</summary>
internal static class ErasureChanges
{
    public static OrganizationState Request(this OrganizationState state, ErasureRequested requested, ControlRecord record) =>
        state.Erasures.ContainsKey(requested.Id) ? throw new InvalidDataException($"erasure {requested.Id} was requested before")
        : state.HoldOver(requested.Key) is { } hold ? throw new InvalidDataException($"erasure {requested.Id} was requested under the hold '{hold.Name}'")
        : state.With(new Erasure
        {
            Id = requested.Id,
            Key = requested.Key,
            Subject = requested.Subject,
            Reason = requested.Reason,
            By = record.By.Person ?? throw new InvalidDataException("an erasure is asked for by a person"),
            At = Timestamp.FromMicroseconds(record.At),
        });

    public static OrganizationState Confirm(this OrganizationState state, ErasureConfirmed confirmed, ControlRecord record)
    {
        var erasure = state.Find(confirmed.Id, ErasureState.Requested);
        if (record.By.Person is not { } by || (by == erasure.By && state.SoloEnded))
            throw new InvalidDataException($"erasure {erasure.Id} was confirmed by whoever asked for it");
        return state.With(erasure with { State = ErasureState.Confirmed, ConfirmedBy = by, Solo = by == erasure.By });
    }

    public static OrganizationState Decline(this OrganizationState state, ErasureDeclined declined) =>
        state.With(state.Find(declined.Id, ErasureState.Requested) with { State = ErasureState.Declined });

    public static OrganizationState Execute(this OrganizationState state, ErasureExecuted executed, ControlRecord record)
    {
        var erasure = state.Find(executed.Id, ErasureState.Confirmed);
        return erasure.Key == executed.Key
            ? state.With(erasure with { State = ErasureState.Executed, ExecutedAt = Timestamp.FromMicroseconds(record.At) })
            : throw new InvalidDataException($"erasure {executed.Id} is of another key");
    }

    private static OrganizationState With(this OrganizationState state, Erasure erasure) => state with { Erasures = state.Erasures.SetItem(erasure.Id, erasure) };

    private static Erasure Find(this OrganizationState state, Guid id, ErasureState expected) =>
        state.Erasures.TryGetValue(id, out var erasure) && erasure.State == expected
            ? erasure
            : throw new InvalidDataException($"there is no erasure {id} that is {expected}");
}

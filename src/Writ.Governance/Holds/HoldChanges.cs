using Writ.Governance.Controls;
using Writ.Governance.Records;
using Writ.Governance.Registry;

namespace Writ.Governance.Holds;

/// <summary>What control actions about holds make of an organization.</summary>
public static class HoldChanges
{
    /// <summary>The most holds of an organization.</summary>
    public const int MostHolds = 1_000;

    /// <summary>A hold over what is sealed under a key; null where none is.</summary>
    public static LegalHold? HoldOver(this OrganizationState state, Guid key) => state.Holds.Values.FirstOrDefault(hold => hold.Covers(key));

    internal static OrganizationState Place(this OrganizationState state, HoldPlaced placed, ControlRecord record) =>
        state.Holds.ContainsKey(placed.Name) ? throw new InvalidDataException($"there is a hold named '{placed.Name}' already")
        : state.Holds.Count >= MostHolds ? throw new InvalidDataException($"an organization has at most {MostHolds} holds")
        : (placed.Key is null) != (placed.Subject is null) ? throw new InvalidDataException("a hold over a subject names the subject and its key")
        : state.With(new LegalHold
        {
            Name = placed.Name,
            Reason = placed.Reason,
            Subject = placed.Subject,
            Key = placed.Key,
            By = record.By.Person ?? throw new InvalidDataException("a hold is placed by a person"),
            At = Timestamp.FromMicroseconds(record.At),
        });

    internal static OrganizationState ProposeLift(this OrganizationState state, HoldLiftProposed proposed, ControlRecord record) =>
        state.With(state.Find(proposed.Name) with
        {
            Lift = (record.By.Person ?? throw new InvalidDataException("lifting a hold is proposed by a person"), Timestamp.FromMicroseconds(record.At)),
        });

    internal static OrganizationState Lift(this OrganizationState state, HoldLifted lifted, ControlRecord record)
    {
        var hold = state.Find(lifted.Name);
        return record.By.Person is { } by && hold.Lift is { } lift && (by != lift.By || !state.SoloEnded)
            ? state with { Holds = state.Holds.Remove(hold.Name) }
            : throw new InvalidDataException($"hold '{hold.Name}' was lifted by one person alone");
    }

    private static OrganizationState With(this OrganizationState state, LegalHold hold) => state with { Holds = state.Holds.SetItem(hold.Name, hold) };

    private static LegalHold Find(this OrganizationState state, string name) =>
        state.Holds.GetValueOrDefault(name) ?? throw new InvalidDataException($"there is no hold named '{name}'");
}

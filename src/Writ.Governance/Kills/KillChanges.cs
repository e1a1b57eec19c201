using Writ.Governance.Controls;
using Writ.Governance.Records;
using Writ.Governance.Registry;

namespace Writ.Governance.Kills;

/// <summary>What control actions about kills make of an organization.</summary>
internal static class KillChanges
{
    public static OrganizationState Order(this OrganizationState state, KillOrdered ordered, ControlRecord record)
    {
        if (state.Kills.Find(ordered.Id) is not null)
            throw new InvalidDataException($"kill {ordered.Id} was ordered before");
        if (ordered.Scope.Target != KillTarget.Everything && state.Kills.Standing.Length >= KillOrders.MostStanding)
            throw new InvalidDataException($"{KillOrders.MostStanding} kills stand already: kill everything, or lift some");
        var kill = new Kill
        {
            Id = ordered.Id,
            Scope = ordered.Scope,
            Reason = ordered.Reason,
            By = record.By.Person ?? throw new InvalidDataException("a kill is ordered by a person"),
            At = Timestamp.FromMicroseconds(record.At),
            DetectedAt = ordered.DetectedAt,
        };
        return state.With(state.Kills with { Standing = state.Kills.Standing.Add(kill) });
    }

    public static OrganizationState Toll(this OrganizationState state, KillTolled tolled)
    {
        var toll = new KillToll(tolled.Calls, TimeSpan.FromMicroseconds(tolled.Us));
        // It may have been lifted before its last call had ended.
        return state.With(new KillOrders
        {
            Standing = [.. state.Kills.Standing.Select(kill => kill.Id == tolled.Id ? kill with { Toll = toll } : kill)],
            Lifted = [.. state.Kills.Lifted.Select(kill => kill.Id == tolled.Id ? kill with { Toll = toll } : kill)],
        });
    }

    public static OrganizationState ProposeLift(this OrganizationState state, KillLiftProposed proposed, ControlRecord record)
    {
        var kill = state.Standing(proposed.Id);
        var by = record.By.Person ?? throw new InvalidDataException("lifting a kill is proposed by a person");
        return state.With(state.Kills with { Standing = state.Kills.Standing.Replace(kill, kill with { Lift = (by, Timestamp.FromMicroseconds(record.At)) }) });
    }

    public static OrganizationState Lift(this OrganizationState state, KillLifted lifted, ControlRecord record)
    {
        var kill = state.Standing(lifted.Id);
        if (record.By.Person is not { } by || kill.Lift is not { } lift || (by == lift.By && state.SoloEnded))
            throw new InvalidDataException($"kill {lifted.Id} was lifted by one person alone");
        var remembered = state.Kills.Lifted.Add(kill with { Lifted = (by, Timestamp.FromMicroseconds(record.At)) });
        return state.With(new KillOrders
        {
            Standing = state.Kills.Standing.Remove(kill),
            Lifted = remembered.Length > KillOrders.MostLifted ? remembered[1..] : remembered,
        });
    }

    private static OrganizationState With(this OrganizationState state, KillOrders kills) => state with { Kills = kills };

    private static Kill Standing(this OrganizationState state, Guid id) =>
        state.Kills.Standing.FirstOrDefault(kill => kill.Id == id) ?? throw new InvalidDataException($"no kill {id} stands");
}

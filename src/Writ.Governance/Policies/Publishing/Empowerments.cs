using Writ.Governance.Controls;
using Writ.Governance.People;
using Writ.Governance.Records;
using Writ.Governance.Registry;

namespace Writ.Governance.Policies.Publishing;

/// <summary>Remembers who made or empowered whom, and when last.</summary>
internal static class Empowerments
{
    /// <summary>The person owes what it may do, or the token it does it with, to whoever this record is by.</summary>
    public static OrganizationState Empowered(this OrganizationState state, PersonId person, ControlRecord record) =>
        record.By.Person is { } by && by != person && state.People.TryGetValue(person, out var known)
            ? state with { People = state.People.SetItem(person, known with { EmpoweredBy = known.EmpoweredBy.SetItem(by, Timestamp.FromMicroseconds(record.At)) }) }
            : state;
}

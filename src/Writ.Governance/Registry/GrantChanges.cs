using System.Collections.Immutable;
using Writ.Governance.Agents;
using Writ.Governance.Controls;
using Writ.Governance.Records;

namespace Writ.Governance.Registry;

/// <summary>What control actions about grants make of an agent.</summary>
internal static class GrantChanges
{
    /// <summary>The agent with exactly these grants. One that it had keeps its date; a new one has the record's.</summary>
    public static Agent Grant(this Agent agent, ImmutableArray<Grant> grants, ControlRecord record)
    {
        var now = new GrantOrigin(record.By.Person, Timestamp.FromMicroseconds(record.At));
        return agent with
        {
            Grants = grants,
            Granted = grants.IsDefaultOrEmpty ? ImmutableDictionary<Grant, GrantOrigin>.Empty : grants.Distinct().ToImmutableDictionary(grant => grant, grant => agent.Granted.GetValueOrDefault(grant, now)),
        };
    }
}

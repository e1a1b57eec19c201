using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text;
using System.Text.Json.Nodes;
using Writ.Governance.Agents;
using Writ.Governance.People;
using Writ.Governance.Querying.Indexing;
using Writ.Governance.Querying.Language;
using Writ.Governance.Records;
using Writ.Ledger.Columns;

namespace Writ.Governance.Querying;

/// <summary>
/// Which records of the decision log a person reads: <em>security</em> and <em>compliance</em> all of them and what is sealed beside,
/// <em>platform</em> and <em>product</em> those of the last <see cref="EngineersReadBack"/>, everybody else of these the ones of their own agents. Immutable.
/// </summary>
public sealed class ReaderScope
{
    /// <summary>How far back engineers read: a trace's worth. What is older is evidence.</summary>
    public static readonly TimeSpan EngineersReadBack = TimeSpan.FromDays(90);

    private readonly DateTimeOffset? _since;
    private readonly FrozenSet<string>? _agents;

    private ReaderScope(DateTimeOffset? since, FrozenSet<string>? agents) => (_since, _agents) = (since, agents);

    /// <summary>Whether every record may be read, of whatever age; so may the log itself, and what agents wrote.</summary>
    public bool IsEverything => _since is null;

    /// <summary>From when on records are read, UTC; null for all there are.</summary>
    public DateTimeOffset? Since => _since;

    /// <summary>What a person reads at a moment.</summary>
    /// <param name="person">Who asks.</param>
    /// <param name="agents">The agents of the person's organization, as they are owned now.</param>
    /// <param name="now">UTC.</param>
    public static ReaderScope Of(Person person, IEnumerable<Agent> agents, DateTimeOffset now)
    {
        if (person.Has(PersonCapability.Security) || person.Has(PersonCapability.Compliance))
            return new ReaderScope(null, null);
        var since = now - EngineersReadBack;
        return person.Has(PersonCapability.Platform) || person.Has(PersonCapability.Product)
            ? new ReaderScope(since, null)
            : new ReaderScope(since, agents.Where(agent => IsOf(agent, person)).Select(agent => agent.Id.ToString()).ToFrozenSet(StringComparer.Ordinal));
    }

    /// <summary>Whether what an agent did is read.</summary>
    public bool Covers(AgentId agent) => _agents?.Contains(agent.ToString()) ?? true;

    /// <summary>The same question, about what may be read of it.</summary>
    public RecordQuery Within(RecordQuery query)
    {
        if (_since is not { } since)
            return query;
        var narrowed = ImmutableArray.CreateBuilder<RowFilter>();
        narrowed.Add(query.Filter);
        narrowed.Add(new RowFilter.Number(QueryFields.At.Column, Timestamp.ToMicroseconds(since), long.MaxValue));
        if (_agents is { } agents)
            narrowed.Add(new RowFilter.Text(QueryFields.Agent.Column, id => agents.Contains(Encoding.UTF8.GetString(id))));
        return query with { Filter = new RowFilter.All(narrowed.ToImmutable()) };
    }

    /// <summary>Whether a record may be read.</summary>
    public bool Has(JsonObject record) =>
        (_since is not { } since || Timestamp.FromMicroseconds(record["at"]!.GetValue<long>()) >= since)
        && (_agents is not { } agents || (record["agent"] is { } agent && agents.Contains(agent.GetValue<string>())));

    private static bool IsOf(Agent agent, Person person) =>
        agent.Owner == person.Id || agent.BackupOwner == person.Id || person.Teams.Contains(agent.Team) || person.TeamCapabilities.ContainsKey(agent.Team);
}

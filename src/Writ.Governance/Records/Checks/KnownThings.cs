using Writ.Governance.Agents;
using Writ.Governance.Controls;
using Writ.Governance.NamedFacts;
using Writ.Governance.Organizations;
using Writ.Governance.People;
using Writ.Governance.Registry;
using Writ.Governance.Retention;

namespace Writ.Governance.Records.Checks;

/// <summary>Everything that the control log of one organization ever made known, by the names that other records use. Not thread safe.</summary>
internal sealed class KnownThings
{
    private readonly HashSet<(Guid Agent, string Version)> _agents = [];
    private readonly HashSet<string> _credentials = [FactAgent.Name];
    private readonly HashSet<string> _definitions = [];
    private readonly HashSet<string> _snapshots = [];
    private readonly HashSet<string> _people = [];
    private readonly Dictionary<RetentionClass, ulong> _pruned = [];
    private readonly Dictionary<ulong, string> _roots = []; // of what was pruned, by its end
    private readonly Dictionary<string, long> _erased = []; // when, by subject

    public KnownThings(OrganizationId organization) => _agents.Add((FactAgent.IdIn(organization).Value, FactAgent.Version));

    /// <summary>How many erasures were carried out.</summary>
    public int Erasures { get; private set; }

    /// <summary>Which records of the decision log may be gone; null where none are.</summary>
    public PrunedRecords? PrunedRecords { get; private set; }

    public void Add(ControlRecord record, OrganizationState after)
    {
        switch (record.Action)
        {
            case PayloadsPruned pruned:
                _pruned[pruned.Class] = pruned.To;
                break;
            case RecordsPruned records:
                PrunedRecords = after.PrunedRecords;
                _roots[records.To] = records.Root;
                break;
            case ErasureExecuted { Id: var id }:
                Erasures++;
                _erased[after.Erasures[id].Subject] = record.At;
                break;
            case PersonAdded added:
                _people.Add(added.Person.ToString());
                break;
            case AgentRegistered { Agent: var agent }:
                _agents.Add((agent.Id.Value, agent.Version));
                break;
            case AgentDrafted drafted:
                _agents.Add((drafted.Agent.Id.Value, drafted.Agent.Version));
                if (drafted.Key is { } key)
                    _credentials.Add(key.Id);
                break;
            case AgentsImported imported:
                _agents.UnionWith(imported.Agents.Select(one => (one.Agent.Id.Value, one.Agent.Version)));
                break;
            case AgentVersionRegistered version:
                _agents.Add((version.Agent.Value, version.Version.Name));
                break;
            case AgentKeyIssued issued:
                _credentials.Add(issued.KeyId);
                break;
            case AgentCredentialRegistered registered:
                _credentials.Add(registered.Id);
                break;
            case EnforcementPointRegistered point:
                _credentials.Add(point.KeyId);
                break;
            case ToolAdmitted admitted:
                _definitions.Add(admitted.Digest);
                break;
        }

        _snapshots.Add(after.Policy.Digest.ToHex());
        foreach (var candidate in after.Candidates.Values)
            _snapshots.Add(candidate.Policy.Digest.ToHex());
    }

    public bool HasAgent(Guid agent, string version) => _agents.Contains((agent, version));

    public bool HasCredential(string keyId) => _credentials.Contains(keyId);

    public bool HasDefinition(string digest) => _definitions.Contains(digest);

    public bool HasSnapshot(string digest) => _snapshots.Contains(digest);

    /// <summary>Whether what was sealed for a subject at a time is erased. A user's name is its key, which never comes back; an agent gets a new one.</summary>
    public bool IsErased(string subject, long at) => _erased.TryGetValue(subject, out var erased) && at <= erased;

    /// <summary>Whether retention says that the payload of a record is removed.</summary>
    public bool IsPruned(RetentionClass @class, ulong index) => index < _pruned.GetValueOrDefault(@class);

    /// <summary>Whether the records before an index may be gone, and the root over them is what was recorded, where one was recorded there.</summary>
    public bool MayBeGone(ulong to, string root) => to <= (PrunedRecords?.To ?? 0) && (!_roots.TryGetValue(to, out var recorded) || recorded == root);

    public bool HasPerson(string person) => _people.Contains(person);
}

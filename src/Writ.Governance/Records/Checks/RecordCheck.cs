using System.Text.Json;
using Writ.Governance.Controls;
using Writ.Governance.Organizations;
using Writ.Governance.Retention;

namespace Writ.Governance.Records.Checks;

/// <summary>
/// Checks what records say of each other: that every digest, agent version, credential, task, approval and person in a record is one that the
/// same organization's logs made known, that every effect has its decision and no decision two effects. The control log is added first,
/// then the decision log, each in order. Not thread safe.
/// </summary>
public sealed class RecordCheck
{
    /// <summary>The most problems that are kept in full; all are counted.</summary>
    public const int MostProblems = 100;

    private readonly Dictionary<OrganizationId, KnownThings> _known = [];
    private readonly Dictionary<OrganizationId, DecisionChain> _chains = [];
    private readonly HashSet<OrganizationId> _unfolded = [];
    private readonly List<RecordProblem> _problems = [];
    private Registry.Registry _registry = Registry.Registry.Empty;

    /// <summary>What was found, at most <see cref="MostProblems"/>.</summary>
    public IReadOnlyList<RecordProblem> Problems => _problems;

    /// <summary>How much was found.</summary>
    public long Count { get; private set; }

    /// <summary>Effects that are still owed.</summary>
    public int Owed => _chains.Values.Sum(chain => chain.Owed);

    /// <summary>How many erasures were carried out.</summary>
    public int Erasures => _known.Values.Sum(known => known.Erasures);

    /// <summary>Records whose payload is erased; their commitment is there.</summary>
    public long Erased => _chains.Values.Sum(chain => chain.Erased);

    /// <summary>Adds the next control record of an organization.</summary>
    public void AddControl(OrganizationId organization, ulong index, ReadOnlySpan<byte> bytes)
    {
        try
        {
            var record = ControlRecord.Read(bytes);
            if (record.Organization != organization)
                throw new InvalidDataException("it lies in another organization's log");
            _registry = _registry.Apply(record);
            Known(organization).Add(record, _registry.Organizations[organization]);
        }
        catch (Exception problem) when (problem is JsonException or InvalidDataException)
        {
            // What follows from it contradicts it in turn: the first is told.
            if (_unfolded.Add(organization))
                Tell(organization, "control", index, problem.Message);
        }
    }

    /// <summary>Payloads that were removed as retention says.</summary>
    public long Pruned { get; private set; }

    /// <summary>Records that are gone as retention says.</summary>
    public ulong PrunedRecords { get; private set; }

    /// <summary>What names something that a record which is gone may have made known: neither proved nor contradicted.</summary>
    public long Unproved => _chains.Values.Sum(chain => chain.Unproved);

    /// <summary>Says, before the first record of an organization's decision log, that those before it are gone.</summary>
    /// <param name="organization">Whose.</param>
    /// <param name="first">The index of the first that is there.</param>
    /// <param name="root">The root over those that are gone, in hex.</param>
    public void AddPruned(OrganizationId organization, ulong first, string root)
    {
        if (first == 0)
            return;
        if (!Known(organization).MayBeGone(first, root))
            Tell(organization, "decisions", first - 1, "it and all before it are gone, and no control record says that they were pruned");
        PrunedRecords += first;
        _chains[organization] = new DecisionChain(Known(organization), hasBeginning: false);
    }

    /// <summary>Adds the next record of an organization's decision log.</summary>
    /// <param name="organization">Whose.</param>
    /// <param name="index">Its index.</param>
    /// <param name="bytes">The record.</param>
    /// <param name="pruned">Whether its payload was removed from the vault.</param>
    public void AddDecision(OrganizationId organization, ulong index, ReadOnlyMemory<byte> bytes, bool pruned = false)
    {
        try
        {
            using var document = JsonDocument.Parse(bytes);
            if (document.RootElement.TryGetProperty("organization", out var named) && !named.ValueEquals(organization.ToString()))
                Tell(organization, "decisions", index, "it lies in another organization's log");
            if (!_chains.TryGetValue(organization, out var chain))
                _chains[organization] = chain = new DecisionChain(Known(organization));
            if (pruned && Known(organization).IsPruned(RetainedRecord.Read(document.RootElement).Class, index))
                Pruned++;
            else if (pruned)
                Tell(organization, "decisions", index, "its payload was removed, and no retention says so");
            foreach (var problem in chain.Check(document.RootElement))
                Tell(organization, "decisions", index, problem);
        }
        catch (Exception problem) when (problem is JsonException or KeyNotFoundException or FormatException or InvalidOperationException)
        {
            Tell(organization, "decisions", index, $"it cannot be read: {problem.Message}");
        }
    }

    private KnownThings Known(OrganizationId organization) =>
        _known.TryGetValue(organization, out var known) ? known : _known[organization] = new KnownThings(organization);

    private void Tell(OrganizationId organization, string log, ulong index, string text)
    {
        if (Count++ < MostProblems)
            _problems.Add(new RecordProblem(organization, log, index, text));
    }
}

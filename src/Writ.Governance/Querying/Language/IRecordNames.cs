namespace Writ.Governance.Querying.Language;

/// <summary>A port: what agents and resources are called, so that a query can say <c>agent = helper</c>. Records know ids and hashes alone.</summary>
public interface IRecordNames
{
    /// <summary>The names and the ids of every agent there has been; one name may have had several.</summary>
    IEnumerable<(string Name, string Id)> Agents { get; }

    /// <summary>What records call a resource, <c>kind/id</c>; null where that cannot be told.</summary>
    string? Resource(string resource);
}

namespace Writ.Governance.Querying.Language;

/// <summary>A port: what agents are called, so that a query can say <c>agent = helper</c>. Records know ids alone.</summary>
public interface IAgentNames
{
    /// <summary>The names and the ids of every agent there has been; one name may have had several.</summary>
    IEnumerable<(string Name, string Id)> All { get; }
}

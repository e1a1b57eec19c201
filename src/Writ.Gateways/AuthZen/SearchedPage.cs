namespace Writ.Gateways.AuthZen;

/// <summary>Which page of the results this is (section 8.2.2).</summary>
/// <param name="NextToken">Asks for the next page; empty when this is the last.</param>
/// <param name="Count">How many results this page has.</param>
internal sealed record SearchedPage(string NextToken, int Count);

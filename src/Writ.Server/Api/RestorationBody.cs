namespace Writ.Server.Api;

/// <summary>Which restore is meant: what a person confirms is what that person saw.</summary>
internal sealed record RestorationBody(string Domain);

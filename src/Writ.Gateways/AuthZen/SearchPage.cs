namespace Writ.Gateways.AuthZen;

/// <summary>Which page of the results is asked for (section 8.2.1).</summary>
internal sealed record SearchPage(string? Token = null, int? Limit = null);

namespace Writ.Server.Api;

/// <summary>A link of a delegation chain, root or not, that is to be withdrawn with all that descends from it.</summary>
internal sealed record RevokeLinkBody(string Hash, string Reason);

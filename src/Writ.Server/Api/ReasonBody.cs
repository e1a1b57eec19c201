namespace Writ.Server.Api;

/// <summary>Why something is done, for the record; at most 500 characters.</summary>
internal sealed record ReasonBody(string Reason);

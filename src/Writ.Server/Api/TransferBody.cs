namespace Writ.Server.Api;

/// <summary>Who is to answer for an agent, and why; the reason has at most 500 characters.</summary>
internal sealed record TransferBody(string To, string Reason);

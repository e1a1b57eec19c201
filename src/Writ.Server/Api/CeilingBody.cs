namespace Writ.Server.Api;

/// <summary>What one task of an agent may use, and why; the reason has at most 500 characters.</summary>
internal sealed record CeilingBody(string Reason, long? Calls = null, long? NanoUsd = null);

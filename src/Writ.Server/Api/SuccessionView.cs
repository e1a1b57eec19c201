namespace Writ.Server.Api;

/// <summary>That an agent came to its owner because the one before left: from whom, and when.</summary>
internal sealed record SuccessionView(string From, DateTimeOffset At);

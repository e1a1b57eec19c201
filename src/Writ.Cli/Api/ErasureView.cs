namespace Writ.Cli.Api;

/// <summary>An erasure as the server tells it.</summary>
internal sealed record ErasureView(
    string Id, string Subject, string State, string Reason, string RequestedBy, DateTimeOffset Due, string? ConfirmedBy = null, bool Solo = false, string? Waits = null);

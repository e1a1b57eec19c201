namespace Writ.Cli.Api;

/// <summary>How a request stands after an answer.</summary>
internal sealed record ApprovalAnswer(string Id, string State);

namespace Writ.Server.Api;

internal sealed record ApprovalAgent(string Id, string Name, string Owner);

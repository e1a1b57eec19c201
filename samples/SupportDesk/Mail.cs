namespace SupportDesk;

/// <summary>One mail in the desk's inbox, as its sender wrote it.</summary>
internal sealed record Mail(string Id, string From, string Subject, string Body);

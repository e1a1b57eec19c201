namespace SupportDesk;

/// <summary>Somebody who bought something. Status: active, inactive or archived.</summary>
internal sealed record Customer(string Id, string Name, string Email, string Status);

namespace SupportDesk;

/// <summary>Somebody who bought something. Status: active, inactive or archived. The account's value is what they spent this year, in EUR.</summary>
internal sealed record Customer(string Id, string Name, string Email, string Status, decimal AccountValue);

namespace SupportDesk;

/// <summary>One purchase. Amounts are EUR; status: paid, shipped, delivered or returned.</summary>
internal sealed record Order(string Id, string CustomerId, string Item, decimal Total, string Status, DateTimeOffset Created, decimal Refunded = 0);

namespace Writ.Server.Api;

/// <summary>Who is asked to answer for an agent, by whom (null for Writ itself), and until when that can be accepted.</summary>
internal sealed record OfferView(string To, string? By, DateTimeOffset Until, string Reason);

namespace Writ.Cli.Api;

/// <summary>Who is asked to answer for an agent.</summary>
internal sealed record OfferView(string To, string? By = null);

using System.Text.Json;

namespace Writ.Server.Api;

/// <summary>The A2A card of somebody else's making, and for whom a draft is to be made of it; by default it has the card's name and is the caller's.</summary>
internal sealed record CardImportBody(JsonElement Card, string? Name = null, string Environment = "development", string? Team = null, string? Owner = null);

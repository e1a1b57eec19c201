using System.Collections.Immutable;

namespace Writ.Server.Api;

/// <summary>A JWT-SVID to be signed, for those who may take it.</summary>
internal sealed record TokenSvidBody(ImmutableArray<string> Audience);

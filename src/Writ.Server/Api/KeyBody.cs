using System.Collections.Immutable;

namespace Writ.Server.Api;

/// <summary>How a key is to be issued; without a body, freely usable and in nobody's place.</summary>
internal sealed record KeyBody
{
    /// <summary>From where alone it is taken, as CIDR such as <c>10.0.0.0/8</c>; none for everywhere.</summary>
    public ImmutableArray<string> Sources { get; init; } = [];

    /// <summary>The key that it takes the place of, which then works for seven days more.</summary>
    public string? Predecessor { get; init; }
}

namespace Writ.Crypto.Jose;

/// <summary>What a token must say to be accepted. Immutable. Every rule left out is a check not made, except expiry, which is always made.</summary>
public sealed record JsonWebTokenRules
{
    /// <summary>The most that clocks may be said to differ.</summary>
    public static readonly TimeSpan MaxSkew = TimeSpan.FromMinutes(5);

    private readonly TimeSpan _skew = TimeSpan.FromSeconds(30);

    /// <summary>The media types of <c>typ</c> that are accepted; null accepts any, which only suits a key that signs one kind of token (RFC 8725 section 3.11).</summary>
    public IReadOnlyList<string>? Types { get; init; }

    /// <summary>Whether a token without <c>typ</c> is accepted although <see cref="Types"/> are given; by default it is not.</summary>
    public bool MayOmitType { get; init; }

    /// <summary>The one <c>iss</c>, compared byte for byte; null accepts any.</summary>
    public string? Issuer { get; init; }

    /// <summary>An audience that <c>aud</c> must name, compared byte for byte; null accepts any.</summary>
    public string? Audience { get; init; }

    /// <summary>Claims that must be present, beside <c>exp</c>.</summary>
    public IReadOnlyList<string> Required { get; init; } = [];

    /// <summary>Whether a token may go without <c>exp</c>; by default it may not.</summary>
    public bool MayOmitExpiry { get; init; }

    /// <summary>How far clocks may differ, from zero to five minutes; by default 30 seconds.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Below zero or above <see cref="MaxSkew"/>.</exception>
    public TimeSpan Skew
    {
        get => _skew;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, TimeSpan.Zero);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, MaxSkew);
            _skew = value;
        }
    }

    /// <summary>
    /// The longest life, inclusive: from <c>iat</c> to <c>exp</c>, or from now where the token does not say when it was issued; null allows
    /// any. Where a token may omit <c>exp</c>, it must then say <c>iat</c>, and is refused when older than this.
    /// </summary>
    public TimeSpan? MaxLifetime { get; init; }
}

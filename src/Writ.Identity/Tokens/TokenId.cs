namespace Writ.Identity.Tokens;

/// <summary>The public name of a token, by which it is looked up, listed and revoked: a UUID (version 7 when Writ made it).</summary>
/// <param name="Value">The UUID.</param>
public readonly record struct TokenId(Guid Value)
{
    /// <summary>A new id.</summary>
    /// <param name="now">The time it carries.</param>
    public static TokenId New(DateTimeOffset now) => new(Guid.CreateVersion7(now));

    /// <summary>32 lower-case hexadecimal digits, as in the token's text.</summary>
    public override string ToString() => Value.ToString("N");
}

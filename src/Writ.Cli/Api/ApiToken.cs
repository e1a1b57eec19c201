namespace Writ.Cli.Api;

/// <summary>A person's token, and where it was found. Its text never leaves by any other way than the request.</summary>
/// <param name="Value">The token.</param>
/// <param name="Source">The variable or file it came from.</param>
internal sealed record ApiToken(string Value, string Source)
{
    private const int MaxLength = 512;

    /// <summary>Whether a text can be a token at all: printable ASCII without spaces.</summary>
    public static bool IsWellFormed(string text) => text.Length is > 0 and <= MaxLength && text.All(c => c is > ' ' and <= '~');

    /// <inheritdoc/>
    public override string ToString() => $"token from {Source}";
}

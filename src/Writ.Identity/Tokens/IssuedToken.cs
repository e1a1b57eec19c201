namespace Writ.Identity.Tokens;

/// <summary>A token just made: its text, to be shown once, and the record to keep.</summary>
public sealed class IssuedToken
{
    internal IssuedToken(string text, TokenRecord record)
    {
        Text = text;
        Record = record;
    }

    /// <summary>The token itself. It is shown to its owner and forgotten; nothing can bring it back.</summary>
    public string Text { get; }

    /// <summary>What is kept.</summary>
    public TokenRecord Record { get; }

    /// <summary>Kind and id; never the secret.</summary>
    public override string ToString() => $"{TokenText.PrefixOf(Record.Kind)}_{Record.Id}_…";
}

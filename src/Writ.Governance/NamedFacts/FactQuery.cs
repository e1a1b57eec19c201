namespace Writ.Governance.NamedFacts;

/// <summary>One question to a source. Equal questions have equal answers as long as these are fresh.</summary>
/// <param name="Source">Whom to ask.</param>
/// <param name="Key">The key's members as canonical JSON (RFC 8785).</param>
public sealed record FactQuery(FactSource Source, string Key)
{
    /// <summary>Where a source of kind <c>http</c> is asked; null where a part of the key cannot stand in a URL, and for other kinds.</summary>
    public Uri? Url => Source.Declaration.Url is { } template ? UrlTemplate.Fill(template, Key) : null;

    /// <summary>What tells questions apart: the declaration's digest and the key.</summary>
    internal string Identity { get; } = $"{Source.Digest} {Key}";
}

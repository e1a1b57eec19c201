namespace Writ.Governance.Schemas.Compilation;

internal static class Dialects
{
    /// <summary>The dialect a <c>$schema</c> names; null for one that is not implemented.</summary>
    public static Dialect? Named(string uri)
    {
        var name = uri.EndsWith('#') ? uri[..^1] : uri;
        return name switch
        {
            "https://json-schema.org/draft/2020-12/schema" or "http://json-schema.org/draft/2020-12/schema" => Dialect.Draft202012,
            "http://json-schema.org/draft-07/schema" or "https://json-schema.org/draft-07/schema" => Dialect.Draft7,
            _ => null,
        };
    }
}

namespace Writ.Governance.Schemas;

/// <summary>What became of a schema: <see cref="Compiled"/> or <see cref="Refused"/>, nothing else.</summary>
public abstract record SchemaCompilation
{
    private SchemaCompilation()
    {
    }

    /// <summary>The schema can be used.</summary>
    public sealed record Compiled(InputSchema Schema) : SchemaCompilation;

    /// <summary>The schema cannot be used.</summary>
    /// <param name="JsonPointer">
    /// Where in the schema (RFC 6901), at most 512 characters; it ends before a name that is too long or cannot be shown.
    /// </param>
    /// <param name="Message">What was expected there; printable, names of the schema cut to 40 characters.</param>
    public sealed record Refused(string JsonPointer, string Message) : SchemaCompilation;
}

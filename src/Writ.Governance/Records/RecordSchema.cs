namespace Writ.Governance.Records;

/// <summary>The published schema of records: JSON Schema 2020-12, one definition a kind, every object closed. docs/records.schema.json.</summary>
public static class RecordSchema
{
    /// <summary>The document, UTF-8.</summary>
    public static ReadOnlyMemory<byte> Document { get; } = Load();

    private static byte[] Load()
    {
        using var stream = typeof(RecordSchema).Assembly.GetManifestResourceStream("records.schema.json")
            ?? throw new InvalidOperationException("the schema of records is not part of this binary");
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }
}

using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Writ.Cedar.Schemas;

namespace Writ.Cedar.Json;

/// <summary>
/// Reads and writes the JSON form of schemas: namespaces by name, each with <c>entityTypes</c>, <c>actions</c> and <c>commonTypes</c>.
/// Names not known here are refused. <c>additionalAttributes</c> may only be false, and <c>attributes</c> of an action only empty.
/// </summary>
public static class SchemaJson
{
    /// <summary>Reads a schema's JSON form. Types may nest as deep as <see cref="JsonOptions.MaxValueDepth"/>.</summary>
    public static ParseResult<SchemaDocument> Read(string json, JsonOptions? options = null) => JsonInput.Read(json, options, Document);

    /// <summary>Reads a schema's JSON form from UTF-8.</summary>
    public static ParseResult<SchemaDocument> Read(ReadOnlyMemory<byte> utf8, JsonOptions? options = null) => JsonInput.Read(utf8, options, Document);

    /// <summary>
    /// Writes a schema, what has a name in the ordinal order of the names: two documents that say the same in another order or in another
    /// form are written alike. What is left open has no form, and is left out (see <see cref="SchemaDocument.Closed"/>).
    /// </summary>
    public static string Write(SchemaDocument document)
    {
        ArgumentNullException.ThrowIfNull(document);
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { MaxDepth = 4 * Syntax.ParseOptions.HeightBound, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
            new SchemaWriter(writer).Write(document.Closed());
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static SchemaDocument? Document(JsonInput input, JsonNode node) => new SchemaReader(input).Document(node);
}

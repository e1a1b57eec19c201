using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace Writ.Cedar.Json;

/// <summary>
/// A JSON document being read, and the faults found in it. A method that reads returns null after it has reported, and whoever gets the
/// null passes it on. Strings are well-formed and names are unique in each object that is read as one.
/// </summary>
internal sealed class JsonInput
{
    // Every step of an expression takes two levels of the document, and a value may hang at the end of it.
    private const int MaxDocumentDepth = (2 * Syntax.ParseOptions.HeightBound) + 600;

    private readonly ImmutableArray<Diagnostic>.Builder _diagnostics = ImmutableArray.CreateBuilder<Diagnostic>();

    private JsonInput(JsonOptions options) => Options = options;

    public JsonOptions Options { get; }

    public static ParseResult<T> Read<T>(ReadOnlyMemory<byte> utf8, JsonOptions? options, Func<JsonInput, JsonNode, T?> read)
        where T : class
    {
        var input = new JsonInput(options ?? JsonOptions.Default);
        if (input.Check(utf8.Span) is { } problem)
            return ParseResult<T>.Refuse(problem);
        try
        {
            using var document = JsonDocument.Parse(utf8, new JsonDocumentOptions { MaxDepth = MaxDocumentDepth });
            return input.Finish(read(input, new JsonNode(document.RootElement, new JsonPath(null, ""))));
        }
        catch (JsonException malformed)
        {
            return ParseResult<T>.Refuse(input.Malformed(malformed));
        }
    }

    public static ParseResult<T> Read<T>(string json, JsonOptions? options, Func<JsonInput, JsonNode, T?> read)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(json);

        // Half a surrogate pair becomes U+FFFD here, as in any encoder; one that is written as an escape is refused.
        return Read(Encoding.UTF8.GetBytes(json), options, read);
    }

    /// <summary>Reads an element that the host has parsed itself, from its text, so that it is checked like any other.</summary>
    public static ParseResult<T> Read<T>(JsonElement element, JsonOptions? options, Func<JsonInput, JsonNode, T?> read)
        where T : class => Read(Encoding.UTF8.GetBytes(element.GetRawText()), options, read);

    public void Report(JsonNode at, string message, params ReadOnlySpan<string> expected) =>
        _diagnostics.Add(new Diagnostic(Options.SourceName, default, message) { Pointer = at.Path.ToString(), Expected = [.. expected] });

    public void Unexpected(JsonNode at, params ReadOnlySpan<string> expected) => _diagnostics.Add(
        new Diagnostic(Options.SourceName, default, "this cannot stand here") { Pointer = at.Path.ToString(), Expected = [.. expected], Found = Name(at.Kind) });

    public string? String(JsonNode at, string expected)
    {
        if (at.Kind == JsonValueKind.String)
            return at.Element.GetString();
        Unexpected(at, expected);
        return null;
    }

    /// <summary>The members of an object in their order; null after a report, as when a name occurs twice.</summary>
    public List<KeyValuePair<string, JsonNode>>? Members(JsonNode at, string expected)
    {
        if (at.Kind != JsonValueKind.Object)
        {
            Unexpected(at, expected);
            return null;
        }

        var members = new List<KeyValuePair<string, JsonNode>>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var property in at.Element.EnumerateObject())
        {
            var member = at.Member(property.Name, property.Value);
            if (!names.Add(property.Name))
            {
                Report(member, "the name occurs twice in its object");
                return null;
            }

            members.Add(new KeyValuePair<string, JsonNode>(property.Name, member));
        }

        return members;
    }

    /// <summary>The members of an object that has these names and no others; null after a report.</summary>
    public Dictionary<string, JsonNode>? Object(JsonNode at, string expected, ReadOnlySpan<string> required, ReadOnlySpan<string> optional = default)
    {
        if (Members(at, expected) is not { } members)
            return null;
        foreach (var (name, member) in members)
        {
            if (required.Contains(name) || optional.Contains(name))
                continue;
            Report(member, "the name is not known here", [.. required, .. optional]);
            return null;
        }

        var known = new Dictionary<string, JsonNode>(members, StringComparer.Ordinal);
        foreach (var name in required)
        {
            if (known.ContainsKey(name))
                continue;
            Report(at, $"\"{name}\" is missing");
            return null;
        }

        return known;
    }

    public bool Array(JsonNode at, string expected)
    {
        if (at.Kind == JsonValueKind.Array)
            return true;
        Unexpected(at, expected);
        return false;
    }

    private ParseResult<T> Finish<T>(T? value)
        where T : class => value is not null
            ? new ParseResult<T>.Success(value)
            : new ParseResult<T>.Failure(_diagnostics.ToImmutable());

    // What the document reader would only find when a string is taken, or not at all.
    private Diagnostic? Check(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length > Options.MaxBytes)
            return Fault(string.Create(CultureInfo.InvariantCulture, $"the document is longer than {Options.MaxBytes} bytes"));
        if (!Utf8.IsValid(utf8))
            return Fault("the document is not UTF-8");
        if (utf8.IndexOf("\\u"u8) < 0)
            return null;
        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = MaxDocumentDepth });
        try
        {
            while (reader.Read())
            {
                if (reader is { TokenType: JsonTokenType.String or JsonTokenType.PropertyName, ValueIsEscaped: true })
                    reader.GetString();
            }
        }
        catch (InvalidOperationException)
        {
            return Fault(string.Create(CultureInfo.InvariantCulture, $"the string at byte {reader.TokenStartIndex} holds half of a surrogate pair"));
        }
        catch (JsonException malformed)
        {
            return Malformed(malformed);
        }

        return null;
    }

    private Diagnostic Fault(string message) => new(Options.SourceName, default, message);

    private Diagnostic Malformed(JsonException malformed) => new(
        Options.SourceName,
        new SourcePosition((int)(malformed.LineNumber ?? 0) + 1, (int)(malformed.BytePositionInLine ?? 0) + 1),
        "the document is not JSON: " + malformed.Message.Split(" LineNumber:", 2)[0].TrimEnd('.'));

    private static string Name(JsonValueKind kind) => kind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "an array",
        JsonValueKind.String => "a string",
        JsonValueKind.Number => "a number",
        JsonValueKind.Null => "null",
        _ => "a Boolean",
    };
}

using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Writ.Cedar.Policies;

namespace Writ.Cedar.Json;

/// <summary>
/// Reads and writes the JSON form of policies, templates and policy sets (<c>staticPolicies</c>, <c>templates</c>, <c>templateLinks</c>).
/// What is written reads back as an equal policy. Names not known here are refused.
/// </summary>
public static class PolicyJson
{
    /// <summary>Reads the JSON form of one policy or template.</summary>
    public static ParseResult<PolicyBody> Read(string json, JsonOptions? options = null) => JsonInput.Read(json, options, Body);

    /// <summary>Reads the JSON form of one policy or template from UTF-8.</summary>
    public static ParseResult<PolicyBody> Read(ReadOnlyMemory<byte> utf8, JsonOptions? options = null) => JsonInput.Read(utf8, options, Body);

    /// <summary>Reads the JSON form of a policy set. Links are made; a list that is left out is empty.</summary>
    public static ParseResult<PolicySet> ReadSet(string json, JsonOptions? options = null) => JsonInput.Read(json, options, Set);

    /// <summary>Reads the JSON form of a policy set from UTF-8. Links are made; a list that is left out is empty.</summary>
    public static ParseResult<PolicySet> ReadSet(ReadOnlyMemory<byte> utf8, JsonOptions? options = null) => JsonInput.Read(utf8, options, Set);

    /// <summary>Writes a policy or template; of a linked policy, with its slots filled.</summary>
    public static string Write(PolicyBody body)
    {
        ArgumentNullException.ThrowIfNull(body);
        return Text(writer => new PolicyWriter(writer).Write(body));
    }

    /// <summary>Writes a policy set; linked policies as links of their templates.</summary>
    public static string Write(PolicySet set)
    {
        ArgumentNullException.ThrowIfNull(set);
        return Text(writer => new PolicyWriter(writer).Write(set));
    }

    private static PolicyBody? Body(JsonInput input, JsonNode node) => new PolicyReader(input).Body(node);

    private static PolicySet? Set(JsonInput input, JsonNode node) => new PolicyReader(input).Set(node);

    private static string Text(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        var options = new JsonWriterOptions { MaxDepth = 4 * Syntax.ParseOptions.HeightBound, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
        using (var writer = new Utf8JsonWriter(buffer, options))
            write(writer);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}

using System.Text.Json;

namespace Writ.Gateways.Mcp.Wire;

/// <summary>
/// The id of a request: a string or an integer, never null, of at most <see cref="MaxLength"/> characters. The token is
/// kept as it was written, so that the answer carries the same id of the same type; <c>1</c> and <c>"1"</c> differ.
/// The default value is not an id.
/// </summary>
public readonly record struct JsonRpcId
{
    /// <summary>The longest id token accepted, quotes and escapes included.</summary>
    public const int MaxLength = 512;

    private JsonRpcId(string token) => Token = token;

    /// <summary>The JSON text of the id.</summary>
    public string Token { get; }

    /// <summary>An integer id of our own.</summary>
    public static JsonRpcId Of(long number) => new(number.ToString(System.Globalization.CultureInfo.InvariantCulture));

    /// <summary>Reads an id; false when the value is neither a string nor a whole number written as one, or is too long.</summary>
    public static bool TryRead(JsonElement value, out JsonRpcId id)
    {
        id = default;
        if (value.ValueKind is not (JsonValueKind.String or JsonValueKind.Number))
            return false;
        var token = value.GetRawText();
        if (token.Length > MaxLength)
            return false;
        if (value.ValueKind == JsonValueKind.Number && !value.TryGetInt64(out _))
            return false;
        id = new JsonRpcId(token);
        return true;
    }

    /// <summary>The number this id stands for, when it is one.</summary>
    public bool TryGetNumber(out long number) =>
        long.TryParse(Token, System.Globalization.NumberStyles.AllowLeadingSign,
            System.Globalization.CultureInfo.InvariantCulture, out number);

    /// <inheritdoc/>
    public override string ToString() => Token;
}

using System.Text.Json;
using System.Text.Json.Serialization;

namespace Writ.Server.Api;

/// <summary>
/// Reads a word that stands for one of several things. The framework's own converter also takes numbers, and lists of words which it
/// adds up to a thing nobody named.
/// </summary>
internal sealed class OneWordConverter : JsonConverterFactory
{
    private readonly JsonStringEnumConverter _words = new(namingPolicy: null, allowIntegerValues: false);

    public override bool CanConvert(Type typeToConvert) => typeToConvert.IsEnum;

    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) => (JsonConverter)Activator.CreateInstance(
        typeof(Converter<>).MakeGenericType(typeToConvert), _words.CreateConverter(typeToConvert, options))!;

    private sealed class Converter<T>(JsonConverter<T> words) : JsonConverter<T>
        where T : struct, Enum
    {
        public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            if (reader.TokenType != JsonTokenType.String || reader.GetString()!.Contains(',', StringComparison.Ordinal))
                throw new JsonException();
            return words.Read(ref reader, typeToConvert, options);
        }

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => words.Write(writer, value, options);
    }
}

using System.Text.Json;
using System.Text.Json.Nodes;

namespace Writ.Cli.Terminal;

/// <summary>Reads a JSON object that a person wrote, with the place of what is wrong. At most 4 MiB.</summary>
internal static class JsonFile
{
    private const int MaxBytes = 4 * 1024 * 1024;

    private static readonly JsonDocumentOptions Lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true, AllowDuplicateProperties = false, MaxDepth = 64 };

    /// <summary>The object, or null and what is wrong.</summary>
    public static JsonObject? Read(string path, out Trouble? trouble)
    {
        trouble = null;
        try
        {
            using var file = File.OpenRead(path);
            var bytes = new byte[MaxBytes + 1];
            var length = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            if (length > MaxBytes)
                trouble = new Trouble(ExitCode.BadInput, $"{path} is longer than {MaxBytes / 1024 / 1024} MiB");
            else if (JsonNode.Parse(bytes.AsSpan(0, length), documentOptions: Lenient) is JsonObject read)
                return read;
            else
                trouble = new Trouble(ExitCode.BadInput, $"{path} does not hold a JSON object");
        }
        catch (JsonException wrong)
        {
            trouble = new Trouble(ExitCode.BadInput, $"{path} is not JSON")
            {
                Spots = [new TroubleSpot(path, (int)(wrong.LineNumber ?? -1) + 1, (int)(wrong.BytePositionInLine ?? -1) + 1, Reason(wrong))],
            };
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            var why = failure is FileNotFoundException or DirectoryNotFoundException ? "there is no such file" : failure.Message;
            trouble = new Trouble(ExitCode.BadInput, $"{path}: {why}");
        }

        return null;
    }

    private static string Reason(JsonException wrong) =>
        wrong.Message.IndexOf(" LineNumber:", StringComparison.Ordinal) is var at and >= 0 ? wrong.Message[..at] : wrong.Message;
}

using System.Text;

namespace Writ.Cli.Terminal;

/// <summary>Reads a text that people wrote: UTF-8, at most 4 MiB.</summary>
internal static class TextFile
{
    private const int MaxBytes = 4 << 20;

    /// <summary>The text; null, and why, where it cannot be read.</summary>
    public static string? Read(string path, out Trouble? trouble)
    {
        trouble = null;
        try
        {
            using var file = File.OpenRead(path);
            var bytes = new byte[MaxBytes + 1];
            var length = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            if (length <= MaxBytes)
                return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes, 0, length);
            trouble = new Trouble(ExitCode.BadInput, $"{path} is longer than {MaxBytes >> 20} MiB");
        }
        catch (DecoderFallbackException)
        {
            trouble = new Trouble(ExitCode.BadInput, $"{path} is not UTF-8");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            trouble = new Trouble(ExitCode.BadInput, $"{path} cannot be read: {failure.Message}");
        }

        return null;
    }
}

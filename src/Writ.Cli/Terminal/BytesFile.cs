namespace Writ.Cli.Terminal;

/// <summary>Reads a file of bounded length.</summary>
internal static class BytesFile
{
    /// <summary>The bytes; null, and why, where it cannot be read or is longer.</summary>
    public static byte[]? Read(string path, int maxBytes, out Trouble? trouble)
    {
        trouble = null;
        try
        {
            using var file = File.OpenRead(path);
            var bytes = new byte[maxBytes + 1];
            var length = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            if (length <= maxBytes)
                return bytes[..length];
            trouble = new Trouble(ExitCode.BadInput, $"{path} is longer than the {maxBytes} bytes it may have");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            trouble = new Trouble(ExitCode.BadInput, $"{path} cannot be read: {failure.Message}");
        }

        return null;
    }
}

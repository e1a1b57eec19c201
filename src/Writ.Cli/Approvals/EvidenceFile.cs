using Writ.Cli.Terminal;

namespace Writ.Cli.Approvals;

/// <summary>Reads what an answer rests on.</summary>
internal static class EvidenceFile
{
    private const int MaxBytes = 1 << 20;

    /// <summary>The bytes; null, and why, where there are none to send.</summary>
    public static byte[]? Read(string path, out Trouble? trouble)
    {
        try
        {
            using var file = File.OpenRead(path);
            var bytes = new byte[MaxBytes + 1];
            var length = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            trouble = length is 0 or > MaxBytes ? new Trouble(ExitCode.BadInput, $"{path}: evidence has 1 byte to 1 MiB") : null;
            return trouble is null ? bytes[..length] : null;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            trouble = new Trouble(ExitCode.BadInput, $"{path} cannot be read: {failure.Message}");
            return null;
        }
    }
}

namespace Writ.Cli.Terminal;

/// <summary>Writes a file that must not be there yet.</summary>
internal static class NewFile
{
    /// <summary>Null when it was written.</summary>
    public static Trouble? Write(string path, ReadOnlySpan<byte> bytes)
    {
        try
        {
            using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None);
            file.Write(bytes);
            return null;
        }
        catch (IOException) when (File.Exists(path))
        {
            return new Trouble(ExitCode.BadInput, $"{path} is there already, and is not overwritten") { Advice = "Name another file with --out." };
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return new Trouble(ExitCode.BadInput, $"{path} cannot be written: {failure.Message}");
        }
    }
}

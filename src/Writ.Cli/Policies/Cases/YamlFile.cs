using System.Text;
using Writ.Governance.Policies;
using Writ.Governance.Policies.Authoring;

namespace Writ.Cli.Policies.Cases;

/// <summary>Reads a YAML file into values that know their place; see <see cref="YamlDocument"/>. At most 4 MiB.</summary>
internal sealed class YamlFile(string path, List<PolicyProblem> problems)
{
    private const int MaxBytes = 4 << 20;

    /// <summary>The document; null where it cannot be read, which is then among the problems.</summary>
    public YamlValue? Read() => ReadText() is { } text ? YamlDocument.Read(path, text, problems.Add) : null;

    private string? ReadText()
    {
        try
        {
            using var file = File.OpenRead(path);
            var bytes = new byte[MaxBytes + 1];
            var length = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            if (length > MaxBytes)
                problems.Add(new PolicyProblem(path, 0, 0, $"is longer than {MaxBytes >> 20} MiB"));
            else
                return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes, 0, length);
        }
        catch (DecoderFallbackException)
        {
            problems.Add(new PolicyProblem(path, 0, 0, "is not UTF-8"));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            problems.Add(new PolicyProblem(path, 0, 0, failure is FileNotFoundException or DirectoryNotFoundException ? "there is no such file" : failure.Message));
        }

        return null;
    }
}

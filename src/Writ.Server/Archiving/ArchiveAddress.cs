using System.Text.RegularExpressions;

namespace Writ.Server.Archiving;

/// <summary>Where an archive is: a folder, or a bucket with what every name in it begins with. Immutable.</summary>
public abstract partial record ArchiveAddress
{
    private const RegexOptions Plain = RegexOptions.CultureInvariant | RegexOptions.NonBacktracking;
    private const string FolderScheme = "folder:";

    private ArchiveAddress()
    {
    }

    /// <summary>Reads <c>folder:/PATH</c> or <c>s3://BUCKET</c> or <c>s3://BUCKET/PREFIX</c>; null for anything else.</summary>
    public static ArchiveAddress? Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.StartsWith(FolderScheme, StringComparison.Ordinal))
            return text[FolderScheme.Length..] is var path && path.StartsWith('/') && !path.Contains('\0') ? new Folder(Path.TrimEndingDirectorySeparator(Path.GetFullPath(path))) : null;
        return S3Form().Match(text) is { Success: true } match ? new S3(match.Groups["bucket"].Value, match.Groups["prefix"].Value) : null;
    }

    /// <summary>A folder, by its whole path.</summary>
    public sealed record Folder(string FullPath) : ArchiveAddress
    {
        public override string ToString() => FolderScheme + FullPath;
    }

    /// <summary>A bucket of S3, or of what speaks as S3 does.</summary>
    /// <param name="Bucket">Its name.</param>
    /// <param name="Prefix">What names begin with, without a slash at either end; may be empty.</param>
    public sealed record S3(string Bucket, string Prefix) : ArchiveAddress
    {
        public override string ToString() => Prefix.Length == 0 ? $"s3://{Bucket}" : $"s3://{Bucket}/{Prefix}";
    }

    [GeneratedRegex(@"\As3://(?<bucket>[a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(/(?<prefix>[A-Za-z0-9._-]{1,100}(/[A-Za-z0-9._-]{1,100}){0,7}))?/?\z", Plain)]
    private static partial Regex S3Form();
}

using System.Net;
using Writ.Ledger.Archiving;

namespace Writ.Server.Archiving;

/// <summary>Opens archives by their address.</summary>
public static class ArchiveTargets
{
    /// <summary>The archive at an address. Nothing is asked of it yet. It may hold connections: dispose it where it can be.</summary>
    /// <param name="address">Where.</param>
    /// <param name="endpoint">For S3: the service, where it is not Amazon's; null for Amazon's.</param>
    /// <param name="region">For S3: the region; null for what the environment says.</param>
    /// <param name="time">The clock of its time-outs.</param>
    public static IArchiveTarget Open(ArchiveAddress address, Uri? endpoint, string? region, TimeProvider time) => address switch
    {
        ArchiveAddress.Folder folder => new FolderArchive(folder.FullPath),
        ArchiveAddress.S3 s3 => new S3Archive(s3, endpoint, region, time),
        _ => throw new ArgumentOutOfRangeException(nameof(address)),
    };

    /// <summary>The address of a service that speaks S3: https, or http on this machine; null for anything else.</summary>
    public static Uri? Endpoint(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri)
        && uri.PathAndQuery == "/" && uri.UserInfo.Length + uri.Fragment.Length == 0
        && (uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && IPAddress.TryParse(uri.Host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address)))
            ? uri
            : null;
}

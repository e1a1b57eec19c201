using System.Net;
using Writ.Ledger;
using Writ.Ledger.Tiles;

namespace Writ.Server.Tests;

/// <summary>A tlog-tiles client's transport as anybody would write it: the standard HTTP client and nothing of Writ's server.</summary>
internal sealed class HttpLogReader(HttpClient client, Uri prefix, string token) : ILogReader
{
    public async ValueTask<ReadResult> ReadAsync(string path, int maxBytes, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(prefix, path)) { Headers = { { "Authorization", $"Bearer {token}" } } };
        using var response = await client.SendAsync(request, cancellationToken);
        var bytes = await response.Content.ReadAsByteArrayAsync(cancellationToken);
        return response.StatusCode == HttpStatusCode.OK ? ReadResult.Found(bytes)
            : ReadResult.Failed(new LedgerFault(response.StatusCode == HttpStatusCode.NotFound ? LedgerFaultKind.NotFound : LedgerFaultKind.LogUnreadable, $"{path}: {response.StatusCode}"));
    }
}

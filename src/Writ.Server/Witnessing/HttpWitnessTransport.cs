using Writ.Ledger.Trust;
using Writ.Ledger.Witnessing;

namespace Writ.Server.Witnessing;

/// <summary>Asks witnesses over HTTP. No redirect is followed; a request takes at most 10 s and an answer 64 KiB. Thread safe.</summary>
internal sealed class HttpWitnessTransport : IWitnessTransport, IDisposable
{
    private const int LongestAnswer = 64 * 1024;
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(10);

    private readonly HttpClient _http = new(new SocketsHttpHandler
    {
        ConnectTimeout = TimeSpan.FromSeconds(5),
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        AllowAutoRedirect = false,
        UseCookies = false,
    })
    {
        Timeout = LongestWait,
        MaxResponseContentBufferSize = LongestAnswer,
    };

    public async ValueTask<WitnessReply> AddCheckpointAsync(TrustedWitness witness, ReadOnlyMemory<byte> request, CancellationToken cancellationToken)
    {
        try
        {
            using var content = new ReadOnlyMemoryContent(request) { Headers = { ContentType = new("text/plain") } };
            using var response = await _http.PostAsync(new Uri(witness.Address!.AbsoluteUri.TrimEnd('/') + "/add-checkpoint"), content, cancellationToken);
            return new WitnessReply((int)response.StatusCode, await response.Content.ReadAsByteArrayAsync(cancellationToken));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new WitnessReply(0, default, $"no answer within {LongestWait.TotalSeconds:0} s");
        }
        catch (HttpRequestException failure)
        {
            return new WitnessReply(0, default, failure.GetBaseException().Message);
        }
    }

    public void Dispose() => _http.Dispose();
}

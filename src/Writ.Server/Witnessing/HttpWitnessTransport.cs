using Writ.Crypto.Hashing;
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

    public ValueTask<WitnessReply> AddCheckpointAsync(TrustedWitness witness, ReadOnlyMemory<byte> request, CancellationToken cancellationToken) =>
        SendAsync(
            new HttpRequestMessage(HttpMethod.Post, At(witness, "add-checkpoint")) { Content = new ReadOnlyMemoryContent(request) { Headers = { ContentType = new("text/plain") } } },
            cancellationToken);

    public ValueTask<WitnessReply> LatestAsync(TrustedWitness witness, Hash256 originHash, CancellationToken cancellationToken) =>
        SendAsync(new HttpRequestMessage(HttpMethod.Get, At(witness, $"{originHash.ToHex()}/checkpoint")), cancellationToken);

    private static Uri At(TrustedWitness witness, string path) => new($"{witness.Address!.AbsoluteUri.TrimEnd('/')}/{path}");

    private async ValueTask<WitnessReply> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            using var sent = request;
            using var response = await _http.SendAsync(request, cancellationToken);
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

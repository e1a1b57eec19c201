using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Writ.Gateways.Tests.Points;

/// <summary>A peer on loopback that reads whole HTTP requests and answers whatever bytes a test says, or does not.</summary>
internal sealed class RawPeer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Func<NetworkStream, CancellationToken, Task> _answer;
    private readonly Task _accepting;

    public RawPeer(Func<NetworkStream, CancellationToken, Task> answer)
    {
        _answer = answer;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Each request, head and body.</summary>
    public ConcurrentQueue<(string Head, string Body)> Seen { get; } = new();

    public static RawPeer Saying(string answer) => new((stream, stop) => stream.WriteAsync(Encoding.UTF8.GetBytes(answer), stop).AsTask());

    public static RawPeer Answering(string body, string type = "application/json", string status = "200 OK", string more = "") =>
        Saying($"HTTP/1.1 {status}\r\nContent-Type: {type}\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n{more}\r\n{body}");

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        await _accepting;
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        var serving = new List<Task>();
        try
        {
            while (true)
                serving.Add(ServeAsync(await _listener.AcceptTcpClientAsync(_stop.Token)));
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or InvalidOperationException)
        {
            await Task.WhenAll(serving);
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                var stream = client.GetStream();
                if (await ReadAsync(stream) is not { } request)
                    return;
                Seen.Enqueue(request);
                await _answer(stream, _stop.Token);
            }
            catch (Exception e) when (e is IOException or OperationCanceledException)
            {
                // The other side had enough.
            }
        }
    }

    private async Task<(string Head, string Body)?> ReadAsync(NetworkStream stream)
    {
        var (bytes, buffer) = (new List<byte>(), new byte[4096]);
        while (true)
        {
            var text = Encoding.UTF8.GetString([.. bytes]);
            if (text.IndexOf("\r\n\r\n", StringComparison.Ordinal) is var end and >= 0)
            {
                var stated = text.Split("\r\n").FirstOrDefault(l => l.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase));
                var length = stated is null ? 0 : int.Parse(stated[15..], System.Globalization.CultureInfo.InvariantCulture);
                if (bytes.Count >= Encoding.UTF8.GetByteCount(text[..(end + 4)]) + length)
                    return (text[..end], text[(end + 4)..]);
            }

            var read = await stream.ReadAsync(buffer, _stop.Token);
            if (read == 0)
                return null;
            bytes.AddRange(buffer.AsSpan(0, read));
        }
    }
}

using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Writ.Bench.Installations;

namespace Writ.Bench.Http;

/// <summary>One HTTP/1.1 connection that asks for evaluations, one at a time. Written by hand, so that the client costs little beside the server.</summary>
internal sealed class EvaluationConnection : IDisposable
{
    private const int Variants = 64;
    private readonly Socket _socket;
    private readonly byte[][] _requests;
    private readonly byte[] _answer = new byte[16 * 1024];

    private EvaluationConnection(Socket socket, byte[][] requests) => (_socket, _requests) = (socket, requests);

    public static async Task<EvaluationConnection> OpenAsync(Uri server, BenchInstallation bench)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(server.Host, server.Port);
        return new EvaluationConnection(socket, [.. Enumerable.Range(0, Variants).Select(number => Request(server, bench, number))]);
    }

    /// <summary>Asks, reads the whole answer, and insists that it permits.</summary>
    public async Task AskAsync(int number)
    {
        await _socket.SendAsync(_requests[number % Variants]);
        var filled = 0;
        while (!IsWhole(_answer.AsSpan(0, filled)))
        {
            var read = await _socket.ReceiveAsync(_answer.AsMemory(filled));
            if (read == 0)
                throw new InvalidOperationException("the server closed the connection");
            filled += read;
        }

        var answer = _answer.AsSpan(0, filled);
        if (!answer.StartsWith("HTTP/1.1 200"u8) || answer.IndexOf("\"decision\":true"u8) < 0)
            throw new InvalidOperationException(Encoding.UTF8.GetString(answer));
    }

    public void Dispose() => _socket.Dispose();

    private static bool IsWhole(ReadOnlySpan<byte> answer)
    {
        var head = answer.IndexOf("\r\n\r\n"u8);
        if (head < 0)
            return false;
        var length = answer[..head].IndexOf("Content-Length: "u8);
        if (length < 0)
            return answer.EndsWith("\r\n0\r\n\r\n"u8);
        var digits = answer[(length + 16)..head];
        var end = digits.IndexOf((byte)'\r');
        return answer.Length >= head + 4 + int.Parse(end < 0 ? digits : digits[..end], CultureInfo.InvariantCulture);
    }

    private static byte[] Request(Uri server, BenchInstallation bench, int number)
    {
        var body = $$$"""
            {"subject":{"type":"agent","id":"{{{bench.Agent.Id}}}"},"action":{"name":"tool/call"},"resource":{"type":"tool","id":"{{{Desk.Slug}}}/{{{Desk.Tool(number)}}}"},"context":{{{Desk.Arguments(number)}}}}
            """;
        return Encoding.UTF8.GetBytes(
            $"POST /access/v1/evaluation HTTP/1.1\r\nHost: {server.Authority}\r\nAuthorization: Bearer {bench.Keys.Point.Token}\r\nContent-Type: application/json\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}");
    }
}

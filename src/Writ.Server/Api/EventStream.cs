using System.Buffers;
using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;
using Writ.Ledger;

namespace Writ.Server.Api;

/// <summary>
/// Writes records as server-sent events (WHATWG HTML, "Server-sent events"): the data is the record, the id its index. Nothing is queued: what
/// a slow reader has not taken lies in the log, and one that takes nothing for <see cref="WriteTimeout"/> is cut off. Not thread safe.
/// </summary>
internal sealed class EventStream(HttpContext http, TimeProvider time)
{
    /// <summary>How long a reader may let a write wait.</summary>
    public static readonly TimeSpan WriteTimeout = TimeSpan.FromSeconds(30);

    /// <summary>After how long without an event something is sent all the same, so that nothing in between closes the connection.</summary>
    public static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(15);

    private readonly ArrayBufferWriter<byte> _buffer = new();
    private long _written;

    /// <summary>Whether it has been quiet for so long that something should be sent.</summary>
    public TimeSpan Quiet => time.GetElapsedTime(_written);

    /// <summary>Begins: says how soon to come back, and from where.</summary>
    public ValueTask OpenAsync(ulong position, CancellationToken cancellation)
    {
        http.Response.ContentType = "text/event-stream";
        http.Response.Headers["X-Accel-Buffering"] = "no";
        Text("retry: 2000\n");
        return AliveAsync(position, cancellation);
    }

    /// <summary>Sends records.</summary>
    public ValueTask SendAsync(ImmutableArray<LedgerRecord> records, CancellationToken cancellation)
    {
        foreach (var record in records)
        {
            Text(string.Create(CultureInfo.InvariantCulture, $"id: {record.Index}\ndata: "));
            // Canonical JSON has no line breaks.
            _buffer.Write(record.Bytes.Span);
            Text("\n\n");
        }

        return FlushAsync(cancellation);
    }

    /// <summary>Sends something that is no event: how far the log was looked through, so that a reader who comes back goes on from there.</summary>
    public ValueTask AliveAsync(ulong position, CancellationToken cancellation)
    {
        Text(position == 0 ? ": nothing yet\n\n" : string.Create(CultureInfo.InvariantCulture, $": alive\nid: {position - 1}\n\n"));
        return FlushAsync(cancellation);
    }

    private void Text(string text) => Encoding.UTF8.GetBytes(text, _buffer);

    private async ValueTask FlushAsync(CancellationToken cancellation)
    {
        using var late = new CancellationTokenSource(WriteTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, late.Token);
        await http.Response.Body.WriteAsync(_buffer.WrittenMemory, either.Token);
        await http.Response.Body.FlushAsync(either.Token);
        _buffer.ResetWrittenCount();
        _written = time.GetTimestamp();
    }
}

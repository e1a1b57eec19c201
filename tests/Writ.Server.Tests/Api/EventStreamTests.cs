using System.Text;
using Microsoft.AspNetCore.Http;
using Writ.Ledger;
using Writ.Server.Api;
using Writ.Testing;

namespace Writ.Server.Tests.Api;

public sealed class EventStreamTests
{
    private readonly FakeTime _time = new();

    [Fact]
    public async Task Events_are_id_and_data_and_what_keeps_the_stream_alive_is_none()
    {
        var body = new MemoryStream();
        var stream = new EventStream(Context(body), _time);
        await stream.OpenAsync(0, CancellationToken.None);
        await stream.SendAsync([new LedgerRecord(7, "{\"a\":\"\\n\"}"u8.ToArray()), new LedgerRecord(9, "{}"u8.ToArray())], CancellationToken.None);
        _time.Advance(TimeSpan.FromSeconds(15));
        Assert.Equal(EventStream.KeepAlive, stream.Quiet);
        await stream.AliveAsync(12, CancellationToken.None);
        Assert.Equal(TimeSpan.Zero, stream.Quiet);
        Assert.Equal("retry: 2000\n: nothing yet\n\nid: 7\ndata: {\"a\":\"\\n\"}\n\nid: 9\ndata: {}\n\n: alive\nid: 11\n\n", Encoding.UTF8.GetString(body.ToArray()));
    }

    [Fact]
    public async Task A_reader_that_takes_nothing_is_given_up_on()
    {
        var stream = new EventStream(Context(new StuckStream()), _time);
        var sending = stream.OpenAsync(0, CancellationToken.None).AsTask();
        _time.Advance(EventStream.WriteTimeout - TimeSpan.FromSeconds(1));
        Assert.False(sending.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(1));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending);
    }

    private static DefaultHttpContext Context(Stream body) => new() { Response = { Body = body } };

    /// <summary>A connection whose other side reads nothing.</summary>
    private sealed class StuckStream : MemoryStream
    {
        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
            new(new TaskCompletionSource().Task.WaitAsync(cancellationToken));
    }
}

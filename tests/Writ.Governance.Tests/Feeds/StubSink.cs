using System.Collections.Immutable;
using System.Threading.Channels;
using Writ.Governance.Feeds;

namespace Writ.Governance.Tests.Feeds;

/// <summary>A receiver that answers as a test says, and shows what came. Takes everything by default.</summary>
internal sealed class StubSink : IFeedSink
{
    private readonly Channel<FeedBatch> _came = Channel.CreateUnbounded<FeedBatch>();

    public Func<FeedBatch, CancellationToken, ValueTask<FeedDelivery>> Answer { get; set; } = (_, _) => ValueTask.FromResult<FeedDelivery>(FeedDelivery.Done.Instance);

    public async ValueTask<FeedDelivery> DeliverAsync(FeedBatch batch, CancellationToken cancellation)
    {
        await _came.Writer.WriteAsync(batch, cancellation);
        return await Answer(batch, cancellation);
    }

    /// <summary>The answer of a receiver that hangs.</summary>
    public static async ValueTask<FeedDelivery> NeverAsync(FeedBatch batch, CancellationToken cancellation)
    {
        await new TaskCompletionSource().Task.WaitAsync(cancellation);
        return FeedDelivery.Done.Instance;
    }

    /// <summary>The next batch that comes.</summary>
    public async Task<FeedBatch> NextAsync() => await _came.Reader.ReadAsync(TestContext.Current.CancellationToken);

    /// <summary>The indexes of the next batch.</summary>
    public async Task<ImmutableArray<ulong>> IndexesAsync() => [.. (await NextAsync()).Records.Select(r => r.Index)];

    /// <summary>The next batch that comes while a clock is moved on.</summary>
    public async Task<FeedBatch> NextAsync(Testing.FakeTime time)
    {
        FeedBatch? batch;
        while (!_came.Reader.TryRead(out batch))
        {
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
            time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        return batch;
    }
}

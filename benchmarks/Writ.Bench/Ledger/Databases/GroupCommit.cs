using System.Threading.Channels;

namespace Writ.Bench.Ledger.Databases;

/// <summary>
/// What somebody would build in front of a database who wants what the ledger gives: callers leave a record and wait, a thread per connection
/// takes what has come, up to a thousand, and commits it at once.
/// </summary>
internal sealed class GroupCommit : IAsyncDisposable
{
    private const int MostInOne = 1000;

    private readonly Channel<(byte[] Record, TaskCompletionSource Done)> _queue;
    private readonly Task[] _writers;

    public GroupCommit(IDatabase database, int callers)
    {
        _queue = Channel.CreateBounded<(byte[], TaskCompletionSource)>(callers);
        _writers = [.. Enumerable.Range(0, database.Writers).Select(_ => Task.Factory.StartNew(() => Write(database), TaskCreationOptions.LongRunning))];
    }

    public async Task InsertAsync(byte[] record)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await _queue.Writer.WriteAsync((record, done)).ConfigureAwait(false);
        await done.Task.ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        _queue.Writer.Complete();
        await Task.WhenAll(_writers);
    }

    private void Write(IDatabase database)
    {
        using var connection = database.Connect();
        var (records, waiting) = (new List<byte[]>(MostInOne), new List<TaskCompletionSource>(MostInOne));
        while (_queue.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            while (records.Count < MostInOne && _queue.Reader.TryRead(out var next))
            {
                records.Add(next.Record);
                waiting.Add(next.Done);
            }

            if (records.Count == 0)
                continue;
            connection.Insert(records);
            foreach (var done in waiting)
                done.SetResult();
            records.Clear();
            waiting.Clear();
        }
    }
}

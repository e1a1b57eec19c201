using System.Threading.Channels;

namespace Writ.Governance.Replay;

/// <summary>
/// Decides every call of trace files again. One reader, a worker a core, one writer: blocks are decided side by side and written in the
/// order they were read, so that two runs write the same bytes. Memory is bounded by a few blocks a core.
/// </summary>
public sealed class ReplayRun(ReplayWorld world)
{
    /// <summary>Called now and then with the bytes of all input files that are read so far; null for nobody.</summary>
    public IProgress<long>? Progress { get; init; }

    /// <summary>Decides the traces of the files, in their order.</summary>
    /// <param name="traces">Trace files, one JSON object a line, plain or gzip.</param>
    /// <param name="decisions">Receives a line <c>{"id":…,"d":[…]}</c> for every trace.</param>
    /// <param name="timings">Receives a line <c>{"id":…,"us":[…]}</c> for every trace, microseconds a call; null for none.</param>
    /// <param name="cancellation">Ends the run early.</param>
    /// <exception cref="IOException">A file cannot be read or written.</exception>
    public async Task<ReplayResult> RunAsync(IReadOnlyList<string> traces, Stream decisions, Stream? timings, CancellationToken cancellation)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var ahead = Channel.CreateBounded<Task<DecidedBlock>>(2 * Environment.ProcessorCount);
        var decider = new BlockDecider(world, timed: timings is not null);
        var reading = Task.Run(() => ReadAsync(traces, decider, ahead.Writer, stop.Token), CancellationToken.None);
        try
        {
            return await WriteAsync(ahead.Reader, decisions, timings, cancellation);
        }
        finally
        {
            await stop.CancelAsync();
            await reading;
        }
    }

    private static async Task<ReplayResult> WriteAsync(ChannelReader<Task<DecidedBlock>> ahead, Stream decisions, Stream? timings, CancellationToken cancellation)
    {
        var total = new ReplayTally();
        await foreach (var deciding in ahead.ReadAllAsync(cancellation))
        {
            var block = await deciding;
            await decisions.WriteAsync(block.Decisions, cancellation);
            if (timings is not null)
                await timings.WriteAsync(block.Timings, cancellation);
            total.Add(block.Tally);
            if (block.Problem is { } problem)
                return new ReplayResult.Refused(problem);
        }

        return new ReplayResult.Done(total);
    }

    /// <summary>What goes wrong here comes out where the blocks are read.</summary>
    private async Task ReadAsync(IReadOnlyList<string> traces, BlockDecider decider, ChannelWriter<Task<DecidedBlock>> ahead, CancellationToken cancellation)
    {
        try
        {
            long before = 0;
            foreach (var path in traces)
            {
                using var file = new TraceFile(path);
                TraceProblem? problem;
                while (file.Next(out problem) is { } block)
                {
                    await ahead.WriteAsync(Task.Run(() => decider.DecideAsync(block), CancellationToken.None), cancellation);
                    Progress?.Report(before + file.BytesRead);
                }

                if (problem is not null)
                    await ahead.WriteAsync(Task.FromResult(new DecidedBlock(default, default, new ReplayTally(), problem)), cancellation);
                before += file.BytesRead;
            }

            ahead.Complete();
        }
        catch (Exception problem) when (problem is IOException or InvalidDataException or UnauthorizedAccessException or OperationCanceledException)
        {
            ahead.Complete(problem);
        }
    }
}

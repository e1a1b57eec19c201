using System.Collections.Concurrent;
using Writ.Governance.Organizations;
using Writ.Governance.Querying;
using Writ.Ledger;

namespace Writ.Server.Installation;

/// <summary>
/// The indexes over the organizations' decision logs, in the data folder's <c>index/</c>, and the loop that keeps them at the logs' ends.
/// Thread safe.
/// </summary>
internal sealed class RecordIndexes : IAsyncDisposable
{
    /// <summary>How often the loop looks for new records; a query does not wait for it.</summary>
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<string, Lazy<RecordIndex>> _open = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _stop = new();
    private readonly MerkleLedger _decisions;
    private readonly string _trustDomain;
    private readonly string _folder;
    private readonly Task _loop;

    public RecordIndexes(MerkleLedger decisions, string trustDomain, string dataFolder, TimeProvider time)
    {
        (_decisions, _trustDomain, _folder) = (decisions, trustDomain, Path.Combine(dataFolder, "index"));
        _loop = Task.Run(() => KeepUpAsync(time));
    }

    /// <summary>The index of an organization's decision log; null while it has none.</summary>
    public RecordIndex? Of(OrganizationId organization) =>
        _decisions.FindLog($"{_trustDomain}/{organization}/decisions") is { } log ? Open(log) : null;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _loop;
        _stop.Dispose();
    }

    // The origin's parts are slugs and a host name: a folder of that name stays in this one.
    private RecordIndex Open(LogicalLog log) => _open.GetOrAdd(
        log.Origin, origin => new Lazy<RecordIndex>(() => RecordIndex.Open(log, Path.Combine(_folder, origin.Replace('/', '_'))))).Value;

    private async Task KeepUpAsync(TimeProvider time)
    {
        using var timer = new PeriodicTimer(Period, time);
        try
        {
            do
            {
                foreach (var index in _decisions.Logs.Select(Open))
                {
                    while (index.CatchUp())
                        _stop.Token.ThrowIfCancellationRequested();
                }
            }
            while (await timer.WaitForNextTickAsync(_stop.Token));
        }
        catch (OperationCanceledException)
        {
            // Stopping.
        }
    }
}

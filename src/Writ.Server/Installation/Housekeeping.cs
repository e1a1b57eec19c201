using Writ.Crypto.Json;
using Writ.Governance.Records;

namespace Writ.Server.Installation;

/// <summary>What has to happen without anybody asking: giving up on silent effects, recording waiting restrictions, summing up refused traffic.</summary>
internal sealed class Housekeeping : IAsyncDisposable
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(10);

    private readonly CancellationTokenSource _stop = new();
    private readonly Services _services;
    private readonly TimeProvider _time;
    private readonly Task _loop;

    public Housekeeping(Services services, TimeProvider time)
    {
        (_services, _time) = (services, time);
        _loop = RunAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _loop;
        await SummarizeAsync();
        _stop.Dispose();
    }

    private async Task RunAsync()
    {
        using var timer = new PeriodicTimer(Period, _time);
        try
        {
            while (await timer.WaitForNextTickAsync(_stop.Token))
            {
                await _services.Settlement.GiveUpOnSilenceAsync();
                await _services.Controls.RecordWaitingAsync(_stop.Token);
                await SummarizeAsync();
            }
        }
        catch (OperationCanceledException)
        {
            // Stopping.
        }
    }

    /// <summary>One record per organization, credential and cause, however many requests were refused.</summary>
    private async Task SummarizeAsync()
    {
        foreach (var (kind, count) in _services.Admission.TakeRefused())
        {
            using var writer = new JcsWriter();
            writer.BeginObject();
            writer.Key("at"u8);
            writer.Integer((_time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond);
            writer.Key("cause"u8);
            writer.String(kind.Cause);
            writer.Key("count"u8);
            writer.Integer(count);
            if (kind.Credential is { } credential)
            {
                writer.Key("credential"u8);
                writer.String(credential);
            }

            writer.Key("id"u8);
            writer.Text(Guid.CreateVersion7(_time.GetUtcNow()));
            writer.Key("kind"u8);
            writer.String("admission");
            writer.Key("v"u8);
            writer.Integer(1);
            writer.EndObject();
            await _services.DecisionLog.AppendAsync(kind.Organization ?? OpenInstallation.Default, writer.WrittenMemory, default, RecordClass.Ordinary);
        }
    }
}

using System.Diagnostics;
using System.Globalization;
using System.Net;
using Writ.Bench.Installations;
using Writ.Governance.Credentials;

namespace Writ.Bench.Identity;

/// <summary>An API key, from its header to the agent that it is of, in a real installation. The mean of many in one run, the median of the runs.</summary>
internal static class KeyFigures
{
    private const int Runs = 15;
    private const int Checks = 20_000;

    public static async Task<IEnumerable<Figure>> MeasureAsync()
    {
        using var bench = new BenchInstallation();
        await using var installation = await bench.MakeAsync();
        var presented = new PresentedCredential("Bearer " + bench.Keys.Agent.Token, Source: IPAddress.Loopback);
        var authenticator = installation.Services.Authenticator;
        var runs = new List<double>();
        for (var run = 0; run <= Runs; run++)
        {
            var start = Stopwatch.GetTimestamp();
            for (var i = 0; i < Checks; i++)
            {
                if (authenticator.Authenticate(presented) is not Caller.AgentCaller)
                    throw new InvalidOperationException("the key has to be accepted");
            }

            if (run > 0) // the first warms up
                runs.Add(Stopwatch.GetElapsedTime(start).TotalMicroseconds / Checks);
        }

        runs.Sort();
        return [new Figure("an API key, checked", runs[Runs / 2], "us", 5, true, string.Create(CultureInfo.InvariantCulture, $"{Checks:N0} a run, {Runs} runs, load {Machine.Load()}"))];
    }
}

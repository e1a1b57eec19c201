using System.Diagnostics;
using System.Text.Json;
using Writ.Cedar.Json;
using Writ.Cedar.Values;

namespace Writ.Bench.Policy;

/// <summary>Cedar's own engine, as published for Node, on the same policies and requests: <c>tests/peers/cedar-oracle.mjs</c> runs it.</summary>
internal static class OutsideEngine
{
    private const string Absent = "not measured: it takes Node and its package (run ./test, or: cd tests/peers && npm ci)";

    public static IEnumerable<Figure> Measure(IEnumerable<AgentPolicies> sets)
    {
        var peers = Peers();
        foreach (var policies in sets)
        {
            var what = $"decision by cedar-wasm 4.13.0, {policies.Compiled.Policies.Policies.Length:N0} scoped policies";
            yield return peers is not null && Time(peers, policies) is { } time
                ? new Figure(what, time, "us", null, true, $"statefulIsAuthorized in Node, policies parsed before, one agent and its group with each call; best of 3 rounds; load {Machine.Load()}")
                : new Figure(what, double.NaN, "us", null, true, Absent);
        }
    }

    private static string? Peers()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "tests", "peers", "node_modules", "@cedar-policy", "cedar-wasm", "package.json")))
                return Path.Combine(folder.FullName, "tests", "peers");
        }

        return null;
    }

    private static double? Time(string peers, AgentPolicies policies)
    {
        try
        {
            // Node 20's optimizing compiler is known to end the process on this package.
            using var node = Process.Start(new ProcessStartInfo("node", ["--no-opt", "cedar-oracle.mjs"])
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                WorkingDirectory = peers,
            })!;
            node.StandardInput.WriteLine(Question(policies));
            node.StandardInput.Close();
            var answer = node.StandardOutput.ReadToEnd();
            node.WaitForExit();
            return node.ExitCode == 0 ? JsonSerializer.Deserialize<double>(answer) : null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }

    private static string Question(AgentPolicies policies)
    {
        var agent = policies.Requests[0].Principal;
        policies.Entities.TryGet(agent, out var known);
        var entities = new[]
        {
            new { uid = Uid(agent), attrs = Json(known!.Attributes), parents = known.Parents.Select(Uid).ToArray() },
            new { uid = Uid(known.Parents[0]), attrs = Json(RecordValue.Empty), parents = Array.Empty<object>() },
        };
        var calls = policies.Requests.Where(request => request.Principal.Equals(agent)).Take(16)
            .Select(request => JsonSerializer.Serialize(new { principal = Uid(request.Principal), action = Uid(request.Action), resource = Uid(request.Resource), context = Json(request.Context) }));
        return JsonSerializer.Serialize(new { set = PolicyJson.Write(policies.Compiled.Policies), entities = JsonSerializer.Serialize(entities), calls, times = 3 });
    }

    private static object Uid(Cedar.Entities.EntityUid uid) => new { type = uid.Type.Value, id = uid.Id };

    private static object Json(Value value) => value switch
    {
        RecordValue record => record.Attributes.ToDictionary(attribute => attribute.Key, attribute => Json(attribute.Value)),
        LongValue number => number.Value,
        StringValue text => text.Value,
        _ => throw new InvalidOperationException($"the bench has no {value.TypeName}"),
    };
}

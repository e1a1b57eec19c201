using System.Diagnostics;
using System.Text.Json.Nodes;
using Writ.Governance.Admission;
using Writ.Governance.Controls;
using Writ.Governance.Decisions;
using Writ.Governance.Organizations;
using Writ.Governance.People;
using Writ.Server.Installation;
using Writ.Server.Metrics;
using Writ.Server.Witnessing;
using Writ.Testing;

namespace Writ.Server.Tests.Metrics;

public sealed class MetricsTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Decisions_effects_and_refused_traffic_are_counted_for_the_organization_they_are_of()
    {
        await using var writ = await RunningServer.StartAsync();
        var (id, _) = await writ.AgentAsync();
        var point = await writ.PointAsync(id);
        for (var i = 0; i < 3; i++)
            Assert.Equal(200, (await writ.SendAsync("POST", "/access/v1/evaluation", point, Question(id, "nothing_of_the_kind"))).Status);
        Assert.Equal(401, (await writ.SendAsync("GET", "/v1/agents", "wpt_forged")).Status);

        var samples = await ReadAsync(writ);
        Assert.Equal(3, samples["""writ_decisions_total{organization="default",outcome="DENY",code="WRIT3004"}"""]);
        Assert.Equal(0, samples["""writ_effects_total{organization="default",status="executed"}"""]);
        Assert.Equal(3, samples["""writ_decision_gates_seconds_count{organization="default"}"""]);
        Assert.Equal(4, samples["""writ_ledger_records{organization="default",log="decisions"}"""]); // its task, and three decisions
        Assert.Equal(4, samples["""writ_ledger_append_seconds_count{organization="default",log="decisions"}"""]);
        Assert.True(samples["""writ_vault_payload_bytes_total{organization="default",log="decisions"}"""] > 0);
        Assert.Equal(0, samples["""writ_ledger_fenced{ledger="decisions"}"""]);
        Assert.True(samples["""writ_ledger_flush_seconds_count{ledger="decisions"}"""] >= 2);
        Assert.Equal(1, samples["writ_requests_unauthenticated_total"]);
        Assert.True(samples["writ_data_disk_free_bytes"] > 0);
    }

    [Fact]
    public async Task Nothing_that_a_caller_chose_becomes_a_label()
    {
        await using var writ = await RunningServer.StartAsync();
        var (id, _) = await writ.AgentAsync("telltale-agent");
        var point = await writ.PointAsync(id, "telltale-point");
        await writ.SendAsync("POST", "/access/v1/evaluation", point, Question(id, "telltale_tool"));
        var (_, _, response) = await writ.SendAsync("GET", "/metrics", writ.Person);
        Assert.DoesNotContain("telltale", await response.Content.ReadAsStringAsync(Stop));
        Assert.Equal(MetricWriter.ContentType, response.Content.Headers.ContentType!.ToString());
    }

    [Fact]
    public async Task A_parser_of_others_reads_the_same()
    {
        var oracle = Peers.MetricsOracle;
        await using var writ = await RunningServer.StartAsync();
        var (_, _, response) = await writ.SendAsync("GET", "/metrics", writ.Person);
        var text = await response.Content.ReadAsStringAsync(Stop);
        using var node = Process.Start(new ProcessStartInfo(Peers.Node, [oracle]) { RedirectStandardInput = true, RedirectStandardOutput = true, WorkingDirectory = Peers.Folder })!;
        await node.StandardInput.WriteAsync(text);
        node.StandardInput.Close();
        var families = JsonNode.Parse(await node.StandardOutput.ReadToEndAsync(Stop))!.AsArray();
        Assert.Equal(
            text.Split('\n').Where(l => l.StartsWith("# TYPE ", StringComparison.Ordinal)).Select(l => l.Split(' ')).Select(l => (l[2], l[3].ToUpperInvariant())),
            families.Select(f => (f!["name"]!.GetValue<string>(), f["type"]!.GetValue<string>())));
        // It keeps one series of a histogram, so only the others are compared one by one.
        var theirs = from family in families
                     where family!["type"]!.GetValue<string>() != "HISTOGRAM"
                     from metric in family["metrics"]!.AsArray()
                     let labels = metric!["labels"]?.AsObject().Select(l => $"{l.Key}=\"{l.Value}\"").ToArray() ?? []
                     select (family["name"] + (labels.Length == 0 ? "" : "{" + string.Join(',', labels) + "}"), metric["value"]!.GetValue<string>());
        Assert.Equal(
            text.Split('\n').Where(l => l.Length > 0 && l[0] != '#' && !l.Contains("_seconds_", StringComparison.Ordinal) | l.StartsWith("process", StringComparison.Ordinal))
                .Select(l => l.LastIndexOf(' ') is var at ? (l[..at], l[(at + 1)..]) : default),
            theirs);
    }

    [Fact]
    public async Task One_organization_sees_nothing_of_another()
    {
        var folder = Directory.CreateTempSubdirectory("writ-metrics-").FullName;
        try
        {
            var time = new FakeTime();
            var (installation, _) = await OpenInstallation.OpenAsync(RunningServer.OptionsIn(folder), time, Stop);
            await using var open = installation!;
            var other = OrganizationId.Parse("other");
            await open.Services.Controls.TakeAsync(other, null, Presence.Installation, _ => ControlPlan.Take([new OrganizationCreated("Other")]), Stop);
            open.Services.Meters.Of(other).Decided(Outcome.Deny, ReasonCodes.Forbidden, TimeSpan.Zero);
            var admission = new AdmissionControl(new AdmissionOptions { RatePerCredential = 1, BurstSeconds = 1 }, time);
            for (var i = 0; i < 3; i++)
                admission.TryEnter(other, "key")?.Dispose();
            IMetricSource[] sources =
            [
                new LedgerMetrics(open, WitnessParts.Open(RunningServer.OptionsIn(folder), open, open.SigningKey, time).Parts!),
                new DecisionMetrics(open.Services.Meters, open.Services.Dispatches, open.Services.ApprovalBoard),
                new AdmissionMetrics(admission), new ErasureMetrics(open.Services.Registry, time),
            ];
            Assert.Equal(2, MetricText.Read(Of(sources, other))["""writ_requests_refused_total{organization="other",cause="credential-rate"}"""]);
            Assert.Contains("""outcome="DENY",code="WRIT1002""", Of(sources, other));
            var own = Of(sources, OpenInstallation.Default);
            Assert.DoesNotContain("other", own);
            Assert.DoesNotContain("WRIT1002", own);
            Assert.DoesNotContain("credential-rate", own);
            Assert.Equal(MetricText.Read(own).Count, MetricText.Read(own).Keys.Distinct().Count());
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string Of(IEnumerable<IMetricSource> sources, OrganizationId organization)
    {
        var writer = new MetricWriter();
        foreach (var source in sources)
            source.WriteTo(writer, organization);
        return writer.ToString();
    }

    private static async Task<IReadOnlyDictionary<string, double>> ReadAsync(RunningServer writ)
    {
        var (status, _, response) = await writ.SendAsync("GET", "/metrics", writ.Person);
        Assert.Equal(200, status);
        return MetricText.Read(await response.Content.ReadAsStringAsync(Stop));
    }

    private static string Question(string agent, string tool) =>
        $$$"""{"subject":{"type":"agent","id":"{{{agent}}}"},"action":{"name":"tool/call"},"resource":{"type":"tool","id":"desk/{{{tool}}}"}}""";
}

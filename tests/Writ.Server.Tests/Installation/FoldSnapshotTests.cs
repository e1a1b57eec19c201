using System.Text;
using Writ.Governance.Folds;
using Writ.Governance.Organizations;
using Writ.Governance.Tasks;
using Writ.Server.Installation;

namespace Writ.Server.Tests.Installation;

/// <summary>Starts of a real server over folders that an earlier one left: with the fold snapshot, without it, and with one that was edited.</summary>
public sealed class FoldSnapshotTests : IDisposable
{
    private static readonly OrganizationId Organization = OrganizationId.Parse("default");

    private readonly string _folder = Directory.CreateTempSubdirectory("writ-folds-").FullName;
    private readonly List<TaskId> _tasks = [];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private string Snapshot => Path.Combine(_folder, "data", "folds", "decisions.fold");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_server_knows_the_same_with_its_snapshot_and_without()
    {
        await WorkAsync();
        Assert.True(File.Exists(Snapshot));
        var (with, start) = await KnownAsync();
        Assert.True(Assert.IsType<FoldStart.Begun>(start).Records > 0);
        File.Delete(Snapshot);
        var (without, absent) = await KnownAsync();
        Assert.IsType<FoldStart.Absent>(absent);
        Assert.Equal(without, with);
        Assert.Contains("alice", with, StringComparison.Ordinal);
    }

    [Fact]
    public async Task T87_a_snapshot_that_was_edited_is_refused_and_kept_as_evidence_and_the_log_says_what_is()
    {
        await WorkAsync();
        var (genuine, _) = await KnownAsync();
        var bytes = await File.ReadAllBytesAsync(Snapshot, Stop);
        bytes[bytes.Length / 2] ^= 1;
        await File.WriteAllBytesAsync(Snapshot, bytes, Stop);

        var (known, start) = await KnownAsync();
        Assert.Equal("WRIT2120", Assert.IsType<FoldStart.Refused>(start).Code);
        Assert.Equal(genuine, known);
        Assert.Equal(bytes, await File.ReadAllBytesAsync(Snapshot + FoldSnapshots.RefusedSuffix, Stop));
        // The next start has a snapshot again, and it is a genuine one.
        Assert.IsType<FoldStart.Begun>((await KnownAsync()).Start);
    }

    [Fact]
    public async Task T87_a_snapshot_of_another_installation_is_refused()
    {
        await WorkAsync();
        var other = Directory.CreateDirectory(Path.Combine(_folder, "other")).FullName;
        await (await RunningServer.StartAsync(other, null)).DisposeAsync();
        await using (var writ = await RunningServer.StartAsync(other, null))
            await writ.AgentAsync();
        Directory.CreateDirectory(Path.Combine(other, "data", "folds"));
        File.Copy(Snapshot, Path.Combine(other, "data", "folds", "decisions.fold"), overwrite: true);
        var (installation, _) = await OpenInstallation.OpenAsync(RunningServer.OptionsIn(other), TimeProvider.System, Stop);
        Assert.Equal("WRIT2120", Assert.IsType<FoldStart.Refused>(installation!.Services.Folds.Start).Code);
        await installation.DisposeAsync();
    }

    [Fact]
    public async Task No_name_of_a_user_lies_in_the_folder_of_snapshots()
    {
        await WorkAsync();
        foreach (var file in Directory.EnumerateFiles(Path.GetDirectoryName(Snapshot)!))
            Assert.DoesNotContain("alice", Encoding.Latin1.GetString(await File.ReadAllBytesAsync(file, Stop)), StringComparison.Ordinal);
    }

    /// <summary>Tasks for a user, and calls inside them.</summary>
    private async Task WorkAsync()
    {
        await using var writ = await RunningServer.StartAsync(_folder, null);
        var (agent, _) = await writ.AgentAsync();
        var point = await writ.PointAsync(agent);
        for (var i = 0; i < 3; i++)
        {
            var (status, task, _) = await writ.SendAsync("POST", "/v1/tasks", point, $$"""{"agent":"{{agent}}","on_behalf_of":"alice-{{i}}","request":"pay it"}""");
            Assert.Equal(201, status);
            var (answered, _, _) = await writ.SendAsync(
                "POST", "/access/v1/evaluation", point,
                $$$"""{"subject":{"type":"agent","id":"{{{agent}}}"},"action":{"name":"tool/call"},"resource":{"type":"tool","id":"desk/pay"}}""",
                headers: ("Writ-Task", task!["token"]!.GetValue<string>()));
            Assert.Equal(200, answered);
            _tasks.Add(TaskId.Parse(task["task"]!.GetValue<string>()));
        }
    }

    /// <summary>What a started installation knows of the work, as text, and how it began.</summary>
    private async Task<(string Known, FoldStart Start)> KnownAsync()
    {
        var (installation, fault) = await OpenInstallation.OpenAsync(RunningServer.OptionsIn(_folder), TimeProvider.System, Stop);
        Assert.Null(fault);
        await using (installation)
        {
            var services = installation!.Services;
            var text = new StringBuilder();
            foreach (var task in _tasks)
                text.Append(services.TaskBook.Find(task)).Append('\n');
            foreach (var id in services.Archive.Newest(Organization, 100))
                text.Append(await services.Archive.FindAsync(Organization, id, Stop)).Append('\n');
            return (text.Append(services.Dispatches.Count).ToString(), services.Folds.Start);
        }
    }
}

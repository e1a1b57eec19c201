using Writ.Ledger.Archiving;
using Writ.Ledger.Segments;

namespace Writ.Ledger.Tests.Archiving;

/// <summary>A ledger with several full segments of both families, and a folder to archive it in.</summary>
internal sealed class ArchivedFolder : IAsyncDisposable
{
    public const string Secret = "sealed payload ";

    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("writ-archive-");

    private ArchivedFolder(TestLedger folder, MerkleLedger ledger)
    {
        (Folder, Ledger) = (folder, ledger);
        Root = _root.CreateSubdirectory("archive").FullName;
        Work = _root.CreateSubdirectory("work").FullName;
    }

    public TestLedger Folder { get; }

    public MerkleLedger Ledger { get; private set; }

    public string Root { get; }

    public string Work { get; }

    public IArchiveTarget Target => new FolderArchive(Root);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static async Task<ArchivedFolder> MakeAsync()
    {
        var folder = new TestLedger();
        var made = new ArchivedFolder(folder, await folder.OpenAsync());
        await made.GrowAsync(800);
        Assert.True(made.Ledger.SealedSegments(SegmentKind.Records) >= 2);
        Assert.True(made.Ledger.SealedSegments(SegmentKind.Vault) >= 3);
        return made;
    }

    public static byte[] Payload(int i) => System.Text.Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat($"{Secret}{i} ", 50)));

    public async Task GrowAsync(int records)
    {
        var (log, other) = (await TestLedger.LogAsync(Ledger), await TestLedger.LogAsync(Ledger, "test.example/other"));
        for (var i = 0; i < records; i++)
        {
            var index = (int)log.Head.Size;
            await Ledger.AppendAsync(log, TestLedger.Record((ulong)index, 600), Payload(index));
            if (i % 4 == 0)
                await Ledger.AppendAsync(other, TestLedger.Record((ulong)i));
        }
    }

    public async Task ReopenAsync()
    {
        await Ledger.DisposeAsync();
        await RestartAsync();
    }

    public async Task RestartAsync() => Ledger = await Folder.OpenAsync();

    public LedgerArchiver Archiver(IArchiveTarget? target = null, Func<bool>? isHeld = null, Func<string?>? obstacle = null) => new(Ledger, new ArchiveOptions
    {
        Name = "decisions", Target = target ?? Target, Time = Folder.Time, IsHeld = isHeld ?? (() => false), ClockObstacle = obstacle ?? (() => null),
    });

    /// <summary>Archives all there is; the state after it.</summary>
    public async Task<ArchiveState> ArchiveAsync(LedgerArchiver? archiver = null)
    {
        archiver ??= Archiver();
        while (await archiver.StepAsync(Stop))
        {
        }

        return archiver.State;
    }

    public async Task<ArchiveReport> VerifyAsync()
    {
        var (reports, fault) = await ArchiveVerifier.VerifyAsync(Target, [TestLedger.Key.PublicKey], Work, Stop);
        Assert.Null(fault);
        Assert.Empty(Directory.GetFiles(Work));
        return Assert.Single(reports);
    }

    public IReadOnlyList<string> Objects => [.. Directory.GetFiles(Root, "*", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(Root, f)).Order(StringComparer.Ordinal)];

    public async ValueTask DisposeAsync()
    {
        await Ledger.DisposeAsync();
        Folder.Dispose();
        _root.Delete(recursive: true);
    }
}

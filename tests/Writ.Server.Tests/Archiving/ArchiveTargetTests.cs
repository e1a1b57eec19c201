using System.Security.Cryptography;
using Writ.Crypto.Hashing;
using Writ.Ledger;
using Writ.Ledger.Archiving;

namespace Writ.Server.Tests.Archiving;

/// <summary>What every place that keeps objects does.</summary>
public abstract class ArchiveTargetTests : IAsyncLifetime
{
    private readonly DirectoryInfo _files = Directory.CreateTempSubdirectory("writ-target-");

    private protected IArchiveTarget Target { get; private set; } = null!;

    private protected static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => Target = await OpenAsync();

    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        _files.Delete(recursive: true);
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task What_was_put_is_listed_and_comes_back()
    {
        Assert.Null(await Target.CheckAsync(Stop));
        foreach (var i in Enumerable.Range(0, 8))
            Assert.Null(await Target.PutAsync(Item($"one/a/{i}", $"bytes {i}"), Stop));
        Assert.Null(await Target.PutAsync(Item("two/a/0", new string('x', 3_000_000)), Stop));
        Assert.Equal(9, (await NamesAsync("")).Count);
        Assert.Equal(["one/a/0", "one/a/1", "one/a/2", "one/a/3", "one/a/4", "one/a/5", "one/a/6", "one/a/7"], await NamesAsync("one/"));
        Assert.Empty(await NamesAsync("three/"));
        Assert.Equal("bytes 7", await FetchAsync("one/a/7"));
        Assert.Equal(3_000_000, (await FetchAsync("two/a/0")).Length);
    }

    [Fact]
    public async Task The_same_bytes_again_are_as_good_and_others_are_refused_and_change_nothing()
    {
        Assert.Null(await Target.PutAsync(Item("one/a/0", "first"), Stop));
        Assert.Null(await Target.PutAsync(Item("one/a/0", "first"), Stop));
        Assert.Equal(LedgerFaultKind.ArchiveContradicts, (await Target.PutAsync(Item("one/a/0", "other"), Stop))!.Kind);
        Assert.Equal(LedgerFaultKind.ArchiveContradicts, (await Target.PutAsync(Item("one/a/0", "longer than it"), Stop))!.Kind);
        Assert.Equal("first", await FetchAsync("one/a/0"));
        Assert.Single(await NamesAsync(""));
    }

    [Fact]
    public async Task What_is_not_there_is_said_to_be_and_what_is_too_long_is_not_taken()
    {
        Assert.Equal(LedgerFaultKind.NotFound, (await Target.FetchAsync("one/a/9", Path.Combine(_files.FullName, "x"), 10, Stop))!.Kind);
        Assert.Null(await Target.PutAsync(Item("one/a/0", "eleven byte"), Stop));
        Assert.Equal(LedgerFaultKind.ArchiveDamaged, (await Target.FetchAsync("one/a/0", Path.Combine(_files.FullName, "y"), 10, Stop))!.Kind);
    }

    private protected abstract Task<IArchiveTarget> OpenAsync();

    private protected abstract Task CloseAsync();

    private protected ArchiveObject Item(string name, string text, bool isHeld = false)
    {
        var file = Path.Combine(_files.FullName, Guid.NewGuid().ToString("N"));
        File.WriteAllText(file, text);
        var bytes = File.ReadAllBytes(file);
        return new ArchiveObject(name, file, bytes.Length, new Hash256(SHA256.HashData(bytes)), new DateTimeOffset(2033, 1, 1, 0, 0, 0, TimeSpan.Zero), isHeld);
    }

    private protected async Task<List<string>> NamesAsync(string prefix)
    {
        var names = new List<string>();
        Assert.Null(await Target.ListAsync(prefix, names, Stop));
        names.Sort(StringComparer.Ordinal);
        return names;
    }

    private async Task<string> FetchAsync(string name)
    {
        var file = Path.Combine(_files.FullName, Guid.NewGuid().ToString("N"));
        Assert.Null(await Target.FetchAsync(name, file, 4_000_000, Stop));
        return await File.ReadAllTextAsync(file, Stop);
    }
}

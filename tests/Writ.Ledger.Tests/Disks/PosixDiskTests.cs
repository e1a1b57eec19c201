using Writ.Ledger.Disks;

namespace Writ.Ledger.Tests.Disks;

public sealed class PosixDiskTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("writ-disk-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(DiskAccess.Create)]
    [InlineData(DiskAccess.CreateUncached)]
    public void What_the_device_does_not_take_directly_goes_through_the_cache(DiskAccess access)
    {
        var path = Path.Combine(_folder, "file");
        Assert.True(PosixDisk.Instance.TryOpen(path, access, out var file, out _));
        using (file)
        {
            // Odd lengths at odd places from odd memory: a direct write of these is EINVAL.
            var bytes = new byte[1001];
            new Random(1).NextBytes(bytes);
            Assert.Null(file.Write(7, bytes.AsSpan(1)));
            Assert.Null(file.Flush());
            Assert.Equal(1007, file.Length);
            var read = new byte[2000];
            Assert.Null(file.Read(7, read, out var count));
            Assert.Equal(bytes[1..], read[..count]);
        }

        Assert.False(PosixDisk.Instance.TryOpen(path, access, out _, out var fault));
        Assert.Equal(17, fault.ErrorNumber);
    }

    [Fact]
    public void A_lock_excludes_a_second_owner_and_ends_with_the_first()
    {
        var path = Path.Combine(_folder, "lock");
        Assert.True(PosixDisk.Instance.TryLock(path, out var first, out _));
        Assert.False(PosixDisk.Instance.TryLock(path, out _, out var fault));
        Assert.Equal(DiskFault.Again, fault.ErrorNumber);
        first.Dispose();
        Assert.True(PosixDisk.Instance.TryLock(path, out var second, out _));
        second.Dispose();
    }

    [Fact]
    public void A_fault_names_operation_path_and_cause()
    {
        Assert.False(PosixDisk.Instance.TryOpen(Path.Combine(_folder, "absent"), DiskAccess.Read, out _, out var fault));
        Assert.True(fault.IsNoEntry);
        Assert.Contains("open of", fault.ToString());
        Assert.Contains("absent", fault.ToString());
        Assert.Contains("No such file", fault.ToString());
    }
}

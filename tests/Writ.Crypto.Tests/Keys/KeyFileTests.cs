using System.Text;
using System.Runtime.Versioning;
using Writ.Crypto.Keys;

namespace Writ.Crypto.Tests.Keys;

[UnsupportedOSPlatform("windows")]
public sealed class KeyFileTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("writ-keyfile-");

    private string PathOf(string name) => Path.Combine(_folder.FullName, name);

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void A_new_file_is_complete_and_its_owners_alone()
    {
        Assert.True(KeyFile.TryCreate(PathOf("k"), "secret"u8, out _));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(PathOf("k")));
        Assert.True(KeyFile.TryRead(PathOf("k"), out var contents, out _));
        Assert.Equal("secret"u8, contents);
        Assert.Equal([PathOf("k")], Directory.GetFileSystemEntries(_folder.FullName));
    }

    [Fact]
    public void A_file_is_never_overwritten()
    {
        Assert.True(KeyFile.TryCreate(PathOf("k"), "first"u8, out _));
        Assert.False(KeyFile.TryCreate(PathOf("k"), "second"u8, out var fault));
        Assert.Equal(KeyFileFaultKind.Exists, fault.Kind);
        Assert.Equal("first", File.ReadAllText(PathOf("k")));
        Assert.Single(Directory.GetFileSystemEntries(_folder.FullName));
    }

    [Fact]
    public async Task Of_many_makers_exactly_one_wins_and_the_file_is_the_winners()
    {
        var won = await Task.WhenAll(Enumerable.Range(0, 16).Select(i => Task.Run(() =>
            KeyFile.TryCreate(PathOf("k"), Encoding.UTF8.GetBytes($"maker {i}"), out _) ? i : -1)));
        var winner = Assert.Single(won, i => i >= 0);
        Assert.Equal($"maker {winner}", File.ReadAllText(PathOf("k")));
    }

    [Theory]
    [InlineData(UnixFileMode.GroupRead)]
    [InlineData(UnixFileMode.GroupWrite)]
    [InlineData(UnixFileMode.OtherRead)]
    [InlineData(UnixFileMode.OtherWrite)]
    [InlineData(UnixFileMode.OtherExecute)]
    public void A_file_that_others_may_touch_is_refused_with_what_to_do(UnixFileMode more)
    {
        Assert.True(KeyFile.TryCreate(PathOf("k"), "secret"u8, out _));
        File.SetUnixFileMode(PathOf("k"), UnixFileMode.UserRead | UnixFileMode.UserWrite | more);
        Assert.False(KeyFile.TryRead(PathOf("k"), out var contents, out var fault));
        Assert.Null(contents);
        Assert.Equal(KeyFileFaultKind.TooOpen, fault.Kind);
        Assert.Contains($"chmod 600 {PathOf("k")}", fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_mode_that_counts_is_the_targets_when_the_name_is_a_link()
    {
        File.WriteAllText(PathOf("open"), "secret");
        File.CreateSymbolicLink(PathOf("k"), PathOf("open"));
        Assert.False(KeyFile.TryRead(PathOf("k"), out _, out var fault));
        Assert.Equal(KeyFileFaultKind.TooOpen, fault.Kind);
    }

    [Fact]
    public void What_is_missing_too_long_or_no_file_is_a_fault()
    {
        Assert.False(KeyFile.TryRead(PathOf("absent"), out _, out var fault));
        Assert.Equal(KeyFileFaultKind.Missing, fault.Kind);
        Assert.False(KeyFile.TryRead(PathOf("no/such/folder"), out _, out fault));
        Assert.Equal(KeyFileFaultKind.Missing, fault.Kind);
        Assert.False(KeyFile.TryCreate(PathOf("no/such/folder"), "s"u8, out fault));
        Assert.Equal(KeyFileFaultKind.Io, fault.Kind);
        Assert.False(KeyFile.TryRead(_folder.FullName, out _, out fault));
        Assert.Equal(KeyFileFaultKind.Io, fault.Kind);
        Assert.True(KeyFile.TryCreate(PathOf("long"), new byte[KeyFile.MaxLength], out _));
        File.AppendAllText(PathOf("long"), "x");
        Assert.False(KeyFile.TryRead(PathOf("long"), out _, out fault));
        Assert.Equal(KeyFileFaultKind.Malformed, fault.Kind);
    }

    [Fact]
    public void A_secret_key_comes_back_from_its_file_for_its_own_purpose_only()
    {
        Assert.True(SecretKey.TryCreateFile(PathOf("pepper"), KeyPurpose.TokenPepper, out var made, out _));
        Assert.True(SecretKey.TryReadFile(PathOf("pepper"), KeyPurpose.TokenPepper, out var read, out _));
        Assert.Equal(made.Bytes, read.Bytes);
        Assert.False(SecretKey.TryReadFile(PathOf("pepper"), KeyPurpose.VaultMasterKey, out _, out var fault));
        Assert.Equal(KeyFileFaultKind.Malformed, fault.Kind);
        Assert.Contains("writ-vault-master-key 1 ", fault.Message, StringComparison.Ordinal);
        Assert.False(SecretKey.TryCreateFile(PathOf("pepper"), KeyPurpose.TokenPepper, out var none, out _));
        Assert.Null(none);
        Assert.DoesNotContain(Convert.ToHexString(read.Bytes)[..8], read.ToString(), StringComparison.OrdinalIgnoreCase);
        read.Dispose();
        Assert.Throws<ObjectDisposedException>(() => read.Bytes.Length);
    }

    [Theory]
    [InlineData("")]
    [InlineData("writ-token-pepper 1 ")]
    [InlineData("writ-token-pepper 1 AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("writ-token-pepper 1 AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("writ-token-pepper 1 AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAB")]
    [InlineData("writ-token-pepper 1 AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA ")]
    [InlineData("writ-token-pepper 2 AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("writ-token-pepper 1 AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\n\n")]
    public void Another_text_is_no_key(string text)
    {
        Assert.True(KeyFile.TryCreate(PathOf("k"), Encoding.UTF8.GetBytes(text), out _));
        Assert.False(SecretKey.TryReadFile(PathOf("k"), KeyPurpose.TokenPepper, out _, out var fault));
        Assert.Equal(KeyFileFaultKind.Malformed, fault.Kind);
    }
}

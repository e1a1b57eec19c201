using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;
using Writ.Crypto.Hashing;
using Writ.Crypto.Keys;

namespace Writ.Crypto.Vault;

/// <summary>
/// The key store's file: a header and frames, each appended and flushed before its key is used. An unfinished last frame was
/// never used and is dropped; anything else that does not verify refuses the file. One owner, one caller at a time.
/// </summary>
internal sealed class KeyStore : IDisposable
{
    private static readonly Hash256 Magic = Hash256.Of("writ subject key store 1"u8);

    private readonly byte[] _macKey;
    private readonly byte[] _mac = new byte[KeyFrame.MacLength];
    private SafeFileHandle _file;
    private Guid _id;
    private long _length;

    private KeyStore(string path, byte[] macKey, SafeFileHandle file)
    {
        Path = path;
        _macKey = macKey;
        _file = file;
    }

    public string Path { get; }

    /// <summary>Makes a new store that holds nothing; its name appears when it is complete.</summary>
    public static VaultFault? Create(string path, ReadOnlySpan<byte> macKey)
    {
        Span<byte> mac = stackalloc byte[KeyFrame.MacLength];
        mac.Clear();
        var header = new byte[KeyFrame.Length];
        HeaderOf(Guid.NewGuid()).Write(macKey, mac, header);
        return KeyFile.TryCreate(path, header, out var fault)
            ? null
            : new VaultFault(fault.Kind == KeyFileFaultKind.Exists ? VaultFaultKind.StoreExists : VaultFaultKind.Io, path, fault.Detail);
    }

    /// <summary>Opens a store, hands each frame to <paramref name="apply"/> (false: it makes no sense), and drops a torn tail.</summary>
    public static bool TryOpen(
        string path, byte[] macKey, Func<KeyFrame, bool> apply, [NotNullWhen(true)] out KeyStore? store, [NotNullWhen(false)] out VaultFault? fault)
    {
        store = null;
        KeyStore? opened = null;
        try
        {
            var file = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
            opened = new KeyStore(path, macKey, file);
            Discard(DraftOf(path));
            fault = opened.Recover(apply);
            if (fault is not null)
            {
                opened.Dispose();
                return false;
            }

            store = opened;
            return true;
        }
        catch (Exception refused) when (IsRefusal(refused))
        {
            opened?.Dispose();
            var missing = refused is FileNotFoundException or DirectoryNotFoundException;
            fault = new VaultFault(missing ? VaultFaultKind.StoreMissing : VaultFaultKind.Io, path, refused.Message);
            return false;
        }
    }

    /// <summary>True for what a file operation throws when the system, not the program, is at fault.</summary>
    public static bool IsRefusal(Exception exception) => exception is IOException or UnauthorizedAccessException;

    /// <summary>Adds a frame and flushes it. After an exception the file's state is unknown.</summary>
    public void Append(in KeyFrame frame)
    {
        var bytes = new byte[KeyFrame.Length];
        frame.Write(_macKey, _mac, bytes);
        RandomAccess.Write(_file, bytes, _length);
        RandomAccess.FlushToDisk(_file);
        _length += bytes.Length;
    }

    /// <summary>
    /// Replaces the file by one that holds just these frames, then overwrites the old file's contents, which no name leads to any
    /// more. After an exception the file's state is unknown: it is the old one or the new one.
    /// </summary>
    public void Rewrite(IEnumerable<KeyFrame> frames)
    {
        var draft = DraftOf(Path);
        Discard(draft);
        Span<byte> mac = stackalloc byte[KeyFrame.MacLength];
        mac.Clear();
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Share = FileShare.None, BufferSize = 1 << 16 };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var file = new FileStream(draft, options))
        {
            var bytes = new byte[KeyFrame.Length];
            foreach (var frame in frames.Prepend(HeaderOf(_id)))
            {
                frame.Write(_macKey, mac, bytes);
                file.Write(bytes);
            }

            file.Flush(flushToDisk: true);
        }

        File.Move(draft, Path, overwrite: true);
        Libc.FlushFolder(System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(Path))!);
        var old = _file;
        var oldLength = _length;
        _file = File.OpenHandle(Path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        _length = RandomAccess.GetLength(_file);
        mac.CopyTo(_mac);
        Blank(old, oldLength);
    }

    public void Dispose()
    {
        _file.Dispose();
        CryptographicOperations.ZeroMemory(_macKey);
    }

    private static string DraftOf(string path) => path + ".new";

    /// <summary>Overwrites and removes a draft that a crash left over. It is never read, but it holds keys, also ones destroyed since.</summary>
    private static void Discard(string draft)
    {
        if (!File.Exists(draft))
            return;
        using (var left = File.OpenHandle(draft, FileMode.Open, FileAccess.ReadWrite, FileShare.None))
            Blank(left, RandomAccess.GetLength(left));
        File.Delete(draft);
    }

    private static KeyFrame HeaderOf(Guid id) => new(KeyFrameKind.Header, id, Magic, default, default);

    private VaultFault? Recover(Func<KeyFrame, bool> apply)
    {
        var size = RandomAccess.GetLength(_file);
        var buffer = new byte[KeyFrame.Length * 512];
        while (_length < size)
        {
            var got = Fill(buffer, _length);
            var whole = got - got % KeyFrame.Length;
            if (whole == 0)
                break; // a torn tail
            for (var at = 0; at < whole; at += KeyFrame.Length)
            {
                var bytes = buffer.AsSpan(at, KeyFrame.Length);
                var verified = KeyFrame.TryRead(bytes, _macKey, _mac, out var frame);
                if (_length == 0 && (!verified || frame.Kind != KeyFrameKind.Header || frame.Organization != Magic))
                    return NotThis(KeyFrame.Parse(bytes));
                if (!verified && _length + KeyFrame.Length < size)
                    return new VaultFault(VaultFaultKind.Corrupt, Path, $"the entry at byte {_length} does not verify");
                if (!verified)
                    return DropTail(size);
                if (_length == 0)
                    _id = frame.KeyId;
                else if (!apply(frame))
                    return new VaultFault(VaultFaultKind.Corrupt, Path, $"the entry at byte {_length} contradicts those before it");
                _length += KeyFrame.Length;
            }
        }

        if (_length == 0)
            return new VaultFault(VaultFaultKind.Corrupt, Path, "it is too short to be a key store");
        return _length < size ? DropTail(size) : null;
    }

    private VaultFault NotThis(in KeyFrame header) => header.Kind == KeyFrameKind.Header && header.Organization == Magic
        ? new VaultFault(VaultFaultKind.WrongMasterKey, Path, "the header does not verify")
        : new VaultFault(VaultFaultKind.Corrupt, Path, "it does not begin as a key store does");

    // The tail was being written when the machine stopped: it was not flushed, so nothing was sealed under its key.
    private VaultFault? DropTail(long size)
    {
        if (size - _length > KeyFrame.Length)
            return new VaultFault(VaultFaultKind.Corrupt, Path, $"more than one entry does not verify from byte {_length} on");
        RandomAccess.SetLength(_file, _length);
        RandomAccess.FlushToDisk(_file);
        return null;
    }

    private int Fill(Span<byte> buffer, long from)
    {
        var got = 0;
        for (int step; got < buffer.Length && (step = RandomAccess.Read(_file, buffer[got..], from + got)) > 0;)
            got += step;
        return got;
    }

    private static void Blank(SafeFileHandle old, long length)
    {
        using (old)
        {
            try
            {
                var zeros = new byte[1 << 16];
                for (long at = 0; at < length; at += zeros.Length)
                    RandomAccess.Write(old, zeros.AsSpan(0, (int)Math.Min(zeros.Length, length - at)), at);
                RandomAccess.FlushToDisk(old);
            }
            catch (IOException)
            {
                // An extra: the file has no name any more, and not every file system overwrites in place.
            }
        }
    }
}

using Writ.Crypto.Json;
using Writ.Crypto.Vault;

namespace Writ.Governance.Decisions;

/// <summary>Where one decision's record and payload are written before the log takes its copy; used again for the next. Not thread safe.</summary>
internal sealed class EvidenceScratch
{
    // What an unusually large payload needed is not kept for the small ones after it.
    private const int MostKept = 64 * 1024;

    private byte[] _sealed = [];
    private int _sealedLength;

    public JcsWriter Record { get; } = new();

    public JcsWriter Payload { get; } = new();

    /// <summary>The sealed payload.</summary>
    public ReadOnlyMemory<byte> Sealed => _sealed.AsMemory(0, _sealedLength);

    public bool IsWorthKeeping => _sealed.Length <= MostKept;

    /// <summary>Room for what the payload becomes once it is sealed.</summary>
    public Span<byte> RoomToSeal()
    {
        _sealedLength = SubjectKeyRing.SealedLength(Payload.Written.Length);
        if (_sealed.Length < _sealedLength)
            _sealed = new byte[Math.Max(1024, 2 * _sealedLength)];
        return _sealed.AsSpan(0, _sealedLength);
    }

    public void Reset()
    {
        Record.Reset();
        Payload.Reset();
        _sealedLength = 0;
    }

    public void Dispose()
    {
        Record.Dispose();
        Payload.Dispose();
    }
}

using System.Buffers;
using System.Buffers.Binary;

namespace Writ.Governance.Querying.Indexing;

/// <summary>
/// What has to be known of earlier records to join later ones to them: effects that are owed, approvals that are asked for. Never more
/// than what is open. Not thread safe.
/// </summary>
internal sealed class RecordJoins
{
    private const int SweepAbove = 4_096;
    private const int Format = 1;

    private int _sweepAbove = SweepAbove;

    /// <summary>The rows of permitting decisions without an effect yet.</summary>
    public Dictionary<Guid, ulong> Owed { get; } = [];

    public Dictionary<Guid, AskedApproval> Asked { get; } = [];

    /// <summary>Forgets requests that nothing can come of any more, when there are many.</summary>
    public void Sweep(long now)
    {
        if (Asked.Count <= _sweepAbove)
            return;
        foreach (var expired in Asked.Where(a => a.Value.ExpiresAt < now).Select(a => a.Key).ToArray())
            Asked.Remove(expired);
        _sweepAbove = Math.Max(SweepAbove, 2 * Asked.Count);
    }

    public void Write(IBufferWriter<byte> to)
    {
        Number(to, Format);
        Number(to, Owed.Count);
        foreach (var (decision, row) in Owed)
        {
            Id(to, decision);
            Number(to, (long)row);
        }

        Number(to, Asked.Count);
        foreach (var (approval, asked) in Asked)
        {
            Id(to, approval);
            Number(to, asked.RequestedAt);
            Number(to, asked.ExpiresAt);
            Number(to, asked.Rows.Count);
            foreach (var row in asked.Rows)
                Number(to, (long)row);
            Number(to, asked.Approvers.Count);
            foreach (var approver in asked.Approvers)
            {
                Number(to, approver.Length);
                to.Write(approver);
            }
        }
    }

    /// <summary>False when it was not written by <see cref="Write"/>; nothing is then known.</summary>
    public bool TryRead(ReadOnlySpan<byte> from)
    {
        Owed.Clear();
        Asked.Clear();
        if (from.IsEmpty)
            return true;
        try
        {
            var reader = new Reader(from);
            if (reader.Number() != Format)
                return false;
            for (var left = reader.Number(); left > 0; left--)
                Owed[reader.Id()] = (ulong)reader.Number();
            for (var left = reader.Number(); left > 0; left--)
            {
                var id = reader.Id();
                var asked = new AskedApproval { RequestedAt = reader.Number(), ExpiresAt = reader.Number() };
                for (var rows = reader.Number(); rows > 0; rows--)
                    asked.Rows.Add((ulong)reader.Number());
                for (var approvers = reader.Number(); approvers > 0; approvers--)
                    asked.Approvers.Add(reader.Bytes(checked((int)reader.Number())).ToArray());
                Asked[id] = asked;
            }

            return reader.IsAtEnd;
        }
        catch (Exception damage) when (damage is ArgumentOutOfRangeException or OverflowException)
        {
            return false;
        }
    }

    private static void Number(IBufferWriter<byte> to, long value)
    {
        BinaryPrimitives.WriteInt64LittleEndian(to.GetSpan(sizeof(long)), value);
        to.Advance(sizeof(long));
    }

    private static void Id(IBufferWriter<byte> to, Guid id)
    {
        id.TryWriteBytes(to.GetSpan(16));
        to.Advance(16);
    }

    private ref struct Reader(ReadOnlySpan<byte> from)
    {
        private ReadOnlySpan<byte> _rest = from;

        public readonly bool IsAtEnd => _rest.IsEmpty;

        public long Number() => BinaryPrimitives.ReadInt64LittleEndian(Bytes(sizeof(long)));

        public Guid Id() => new(Bytes(16));

        public ReadOnlySpan<byte> Bytes(int count)
        {
            var bytes = _rest[..count];
            _rest = _rest[count..];
            return bytes;
        }
    }
}

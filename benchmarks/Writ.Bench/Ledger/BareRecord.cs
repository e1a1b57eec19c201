using System.Collections.Immutable;
using System.Security.Cryptography;
using Writ.Crypto.Hashing;
using Writ.Crypto.Json;
using Writ.Crypto.Sealing;
using Writ.Governance.Decisions;
using Writ.Governance.Records;
using Writ.Server.Installation;

namespace Writ.Bench.Ledger;

/// <summary>
/// What nobody can leave out of a record: its JCS and its payload's, the two commitments, the cipher, the leaf and one copy of both, on one
/// thread, on the same bytes, without an append, an index or a wait. The bound that the whole path is held against.
/// </summary>
internal static class BareRecord
{
    private const int Leaves = 64;
    private const int Rounds = 400;
    private const int Tries = 5;

    public static double Microseconds(ActionRequest request, Services services, ImmutableArray<string> gates, ImmutableArray<string> rules, DecisionDetails details)
    {
        using var payload = new JcsWriter();
        using var writer = new JcsWriter();
        using var key = new SealingKey(RandomNumberGenerator.GetBytes(SealingKey.KeyLength));
        Span<byte> salt = stackalloc byte[Commitment.SaltLength];
        RandomNumberGenerator.Fill(salt);
        DecisionPayload.WriteTo(payload, request, details, [], new Hash256(salt));
        services.Sealer.TrySeal(request.Facts.Organization, PayloadSubject.Of(request.Facts), request.Id.Value, payload.Written, out var made, out _);
        var record = new DecisionRecord
        {
            Walk = new Walk(request, null, gates.Length, gates, TimeSpan.FromMicroseconds(20)),
            Outcome = Outcome.Allow,
            Rules = rules,
            Details = details,
            Subject = made.Subject,
            Commitment = made.Commitment,
            Arguments = made.Commitment,
        };
        record.WriteTo(writer);
        var room = new byte[Leaves * writer.Written.Length];
        var box = new byte[made.Bytes.Length + Leaves];
        var (slices, hashes) = (new LeafSlice[Leaves], new Hash256[Leaves]);
        var best = double.MaxValue;
        for (var round = 0; round < Tries; round++)
        {
            var began = Environment.CpuUsage.TotalTime;
            for (var batch = 0; batch < Rounds; batch++)
            {
                for (var i = 0; i < Leaves; i++)
                {
                    payload.Reset();
                    writer.Reset();
                    Commitment.Compute(salt, request.Arguments.Canonical.Span);
                    DecisionPayload.WriteTo(payload, request, details, [], new Hash256(salt));
                    Commitment.Compute(salt, payload.Written);
                    key.Seal(payload.Written, salt, box.AsSpan(0, payload.Written.Length + SealingKey.Overhead));
                    record.WriteTo(writer);
                    slices[i] = new LeafSlice(i * writer.Written.Length, writer.Written.Length);
                    writer.Written.CopyTo(room.AsSpan(slices[i].Offset));
                }

                MerkleHash.Leaves(room, slices, hashes);
            }

            best = Math.Min(best, (Environment.CpuUsage.TotalTime - began).TotalMicroseconds / (Rounds * Leaves));
        }

        return best;
    }
}

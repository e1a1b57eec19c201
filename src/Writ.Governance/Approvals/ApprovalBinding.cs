using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Writ.Crypto.Hashing;
using Writ.Governance.Decisions;
using Writ.Governance.Records;

namespace Writ.Governance.Approvals;

/// <summary>
/// Names one action so exactly that an approval of it fits nothing else: organization, agent, version, credential, task, the user acted
/// for, action, server, arguments, tool definition, policy snapshot and the forbids that an approval lifts: one more forbid is another binding. Keyed, so that a reader of the ledger cannot guess arguments from it. Thread safe.
/// </summary>
public sealed class ApprovalBinding(ReadOnlyMemory<byte> key)
{
    /// <summary>The binding of an action with these arguments under this snapshot, held by the forbids that these asks are of.</summary>
    public Hash256 Of(ActionRequest request, Arguments arguments, Hash256 snapshot, ImmutableArray<ApprovalAsk> asks)
    {
        using var mac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key.Span);
        var facts = request.Facts;
        Add(mac, facts.Organization.ToString());
        Add(mac, facts.Agent.Id.ToString());
        Add(mac, facts.Agent.Version);
        Add(mac, facts.Credential);
        Add(mac, facts.Task.Id.ToString());
        Add(mac, facts.Task.User?.Value ?? "");
        Add(mac, request.Tool!.ActionName);
        Add(mac, arguments.Digest.Bytes);
        Add(mac, request.Tool.Definition!.Digest.Bytes);
        Add(mac, snapshot.Bytes);
        Add(mac, JsonSerializer.SerializeToUtf8Bytes(request.Organization.Server(request.Server)?.Connection, StrictJson.Options));
        foreach (var policy in asks.Select(ask => ask.Policy).Order(StringComparer.Ordinal))
            Add(mac, policy);
        return new Hash256(mac.GetHashAndReset());
    }

    private static void Add(IncrementalHash mac, string text) => Add(mac, Encoding.UTF8.GetBytes(text));

    /// <summary>Each part is preceded by its length, so that no two lists of parts read the same.</summary>
    private static void Add(IncrementalHash mac, ReadOnlySpan<byte> part)
    {
        Span<byte> length = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(length, part.Length);
        mac.AppendData(length);
        mac.AppendData(part);
    }
}

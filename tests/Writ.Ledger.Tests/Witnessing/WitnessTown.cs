using Writ.Crypto.Hashing;
using Writ.Crypto.Signing;
using Writ.Ledger.Checkpoints;
using Writ.Ledger.Notes;
using Writ.Ledger.Trust;
using Writ.Ledger.Witnessing;
using Writ.Testing;

namespace Writ.Ledger.Tests.Witnessing;

/// <summary>Witnesses with keys and folders of their own, and the way to them, on which each can be lost.</summary>
internal sealed class WitnessTown : IWitnessTransport, IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("writ-witness-").FullName;
    private readonly Dictionary<string, Ed25519PrivateKey> _keys = [];

    public FakeTime Time { get; } = new();

    public Dictionary<string, LogWitness> Witnesses { get; } = [];

    /// <summary>Who does not answer.</summary>
    public HashSet<string> Lost { get; } = [];

    /// <summary>What is done to a witness's answer on the way back.</summary>
    public Func<WitnessReply, WitnessReply> Alter { get; set; } = reply => reply;

    public List<(string Witness, AddCheckpointRequest Request)> Asked { get; } = [];

    public static NoteVerifierKey LogKey { get; } = NoteVerifierKey.ForLog(TestLedger.Origin, TestLedger.Key.PublicKey);

    public CheckpointFolder Folder(string name) => new(Path.Combine(_root, name));

    /// <summary>Starts a witness, or the same again from what it kept.</summary>
    public LogWitness Start(string name, ICheckpointStore? store = null)
    {
        if (!_keys.TryGetValue(name, out var key))
            _keys[name] = key = Ed25519PrivateKey.Generate();
        var witness = LogWitness.Start($"{name}.example", key, [LogKey], store ?? Folder(name), Time, out var fault);
        Assert.True(witness is not null, fault?.ToString());
        return Witnesses[name] = witness;
    }

    /// <summary>A policy of all witnesses there are, so many of which are asked for.</summary>
    public TrustPolicy Policy(int least)
    {
        var lines = Witnesses.Select(w => $"witness {w.Key} {w.Value.Identity} http://{w.Key}.example\n");
        var text = $"{string.Concat(lines)}group all-of-them {least} {string.Join(' ', Witnesses.Keys)}\nquorum all-of-them\n";
        Assert.True(TrustPolicy.TryParse(System.Text.Encoding.ASCII.GetBytes(text), out var policy, out var problems), string.Join('\n', problems));
        return policy.WithKey(TestLedger.Key.PublicKey);
    }

    public LogWitnesses Open(MerkleLedger ledger, int least, string kept = "kept")
    {
        var witnesses = LogWitnesses.Open(ledger, Policy(least), this, Folder(kept), Time, out var fault);
        Assert.True(witnesses is not null, fault?.ToString());
        return witnesses;
    }

    public ValueTask<WitnessReply> AddCheckpointAsync(TrustedWitness witness, ReadOnlyMemory<byte> request, CancellationToken cancellationToken)
    {
        lock (Asked)
            Asked.Add((witness.Name, AddCheckpointRequest.Parse(request)!));
        return ValueTask.FromResult(Alter(Lost.Contains(witness.Name) ? new WitnessReply(0, default, "nobody there") : Reply(Witnesses[witness.Name].AddCheckpoint(request))));
    }

    /// <summary>What a witness says it has last; null for the truth.</summary>
    public byte[]? Claimed { get; set; }

    public ValueTask<WitnessReply> LatestAsync(TrustedWitness witness, Hash256 originHash, CancellationToken cancellationToken) =>
        ValueTask.FromResult(Lost.Contains(witness.Name) ? new WitnessReply(0, default, "nobody there")
            : (Claimed ?? Witnesses[witness.Name].Latest(originHash)?.ToArray()) is { } note ? new WitnessReply(200, note)
            : new WitnessReply(404, default));

    public void Dispose()
    {
        foreach (var key in _keys.Values)
            key.Dispose();
        Directory.Delete(_root, recursive: true);
    }

    private static WitnessReply Reply(WitnessAnswer answer) => answer switch
    {
        WitnessAnswer.Cosigned cosigned => new(200, cosigned.Lines),
        WitnessAnswer.Behind behind => new(409, System.Text.Encoding.ASCII.GetBytes($"{behind.Size}\n")),
        WitnessAnswer.Malformed => new(400, default),
        WitnessAnswer.Unsigned => new(403, default),
        WitnessAnswer.UnknownLog => new(404, default),
        WitnessAnswer.Inconsistent => new(422, default),
        _ => new(503, default),
    };
}

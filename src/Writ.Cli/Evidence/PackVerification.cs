using System.Security.Cryptography;
using System.Text.Json;
using System.Text.RegularExpressions;
using Writ.Cli.Ledgers;
using Writ.Crypto.Hashing;
using Writ.Crypto.Signing;
using Writ.Ledger.Checkpoints;
using Writ.Ledger.Proofs;
using Writ.Ledger.Trust;

namespace Writ.Cli.Evidence;

/// <summary>
/// Verifies an evidence pack (docs/evidence.md): every file is what the manifest says, every record is in a log whose checkpoint the key
/// signed, what was permitted has its effect, and every bundle is there as it was published. Used once.
/// </summary>
internal sealed partial class PackVerification
{
    private readonly SortedDictionary<string, byte[]> _files;
    private readonly List<PackFinding> _findings = [];
    private readonly List<PackLog> _logs = [];

    private PackVerification(SortedDictionary<string, byte[]> files) => _files = files;

    /// <summary>Whether nothing is wrong. What is left open does not count.</summary>
    public bool IsSound => !_findings.Exists(finding => finding.IsViolation);

    public IReadOnlyList<PackFinding> Findings => _findings;

    public IReadOnlyList<PackLog> Logs => _logs;

    /// <summary>The records of the decision log that are all in the pack, none left out; null where it is not of a range, or not sound.</summary>
    public EvidenceQuestion.OfRange? Complete { get; private set; }

    /// <summary>Verifies the files of a pack. Without a key from elsewhere the pack's own is used, and the answer says so.</summary>
    public static PackVerification Verify(SortedDictionary<string, byte[]> files, Ed25519PublicKey? key)
    {
        var verification = new PackVerification(files);
        if (PackManifest.Read(files.GetValueOrDefault(EvidencePack.Manifest)) is not { } manifest)
        {
            verification.Find(PackFinding.Malformed, EvidencePack.Manifest, $"there is no manifest of format {EvidencePack.Format}");
            return verification;
        }

        verification.CheckFiles(manifest);
        verification.CheckNames(manifest);
        foreach (var log in manifest.Logs)
            verification.CheckLog(log, key);
        verification.CheckEffects();
        verification.CheckBundles();
        if (manifest.Range is { } range)
            verification.CheckRange(range);
        return verification;
    }

    private void CheckFiles(PackManifest manifest)
    {
        foreach (var name in _files.Keys.Where(name => name != EvidencePack.Manifest && !manifest.Files.ContainsKey(name)))
            Find(PackFinding.ForeignFile, name, "the manifest does not name it");
        foreach (var (name, hash) in manifest.Files)
        {
            if (!_files.TryGetValue(name, out var bytes))
                Find(PackFinding.FileMissing, name, "the manifest names it, and it is not here");
            else if (Convert.ToHexStringLower(SHA256.HashData(bytes)) != hash)
                Find(PackFinding.FileAltered, name, "it does not have the hash that the manifest names");
        }
    }

    /// <summary>Every file has its place, so that nothing is believed that no log vouches for.</summary>
    private void CheckNames(PackManifest manifest)
    {
        var logs = manifest.Logs.Select(log => log.Name).ToHashSet(StringComparer.Ordinal);
        if (logs.Count != manifest.Logs.Length || !logs.Contains("decisions"))
            Find(PackFinding.Malformed, EvidencePack.Manifest, "it does not name the log of decisions, or one log twice");
        foreach (var name in _files.Keys.Where(name => name is not (EvidencePack.Manifest or EvidencePack.Report) && !(name.Split('/', 2) is [var log, var file] && logs.Contains(log) && LogFile().IsMatch(file))))
            Find(PackFinding.ForeignFile, name, "it is neither a record, a proof nor the checkpoint of a log that the manifest names");
    }

    [GeneratedRegex(@"\A(checkpoint|[0-9]{12}\.(json|tlog-proof))\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex LogFile();

    private void CheckLog(PackManifest.Log log, Ed25519PublicKey? key)
    {
        if (VerifierKeys.Parse(log.Key) is not { } own)
        {
            Find(PackFinding.Malformed, EvidencePack.Manifest, $"the key of {log.Origin} cannot be read");
            return;
        }

        if (key is null)
            Find(PackFinding.KeyUnconfirmed, $"{log.Name}/", $"checked with the pack's own key {log.Key}: compare it with one from elsewhere");
        else if (!key.Bytes.SequenceEqual(own.Bytes))
            Find(PackFinding.CheckpointInvalid, $"{log.Name}/", "the pack's key is not the key given");
        var policy = TrustPolicy.ForKey(key ?? own);
        if (!_files.TryGetValue($"{log.Name}/checkpoint", out var note) || policy.Accept(note, out var signed) is not null || signed!.Checkpoint.Origin != log.Origin)
        {
            Find(PackFinding.CheckpointInvalid, $"{log.Name}/checkpoint", "the checkpoint is missing, malformed, another log's or not signed by the key");
            return;
        }

        var proved = Records(log.Name).Count(name => IsProved(log, name, policy));
        _logs.Add(new PackLog(log.Origin, proved, signed.Checkpoint));
    }

    private bool IsProved(PackManifest.Log log, string name, TrustPolicy policy)
    {
        var proofName = Path.ChangeExtension(name, ".tlog-proof");
        if (!_files.TryGetValue(proofName, out var bytes) || !TlogProof.TryParse(bytes, out var proof, out _))
        {
            Find(PackFinding.ProofMalformed, proofName, "there is no proof for this record");
            return false;
        }

        var (kind, problem) =
            policy.Accept(proof.Checkpoint.Span, out var signed) is { } untrusted ? (PackFinding.CheckpointInvalid, untrusted.Detail)
            : proof.Verify(MerkleHash.Leaf(_files[name]), policy, out _) is { } fault ? (PackFinding.ProofFails, fault.Detail)
            : EvidencePack.NameOf(log.Name, proof.Index) + ".json" != name ? (PackFinding.ProofFails, $"the record is entry {proof.Index}, not what its name says")
            : signed!.Checkpoint.Origin != log.Origin ? (PackFinding.ProofFails, "the proof is of another log")
            : ("", "");
        if (kind.Length > 0)
            Find(kind, name, problem);
        return kind.Length == 0;
    }

    /// <summary>A pack of a range has each of its records: their proofs say where in the log they lie, so that a gap shows.</summary>
    private void CheckRange(EvidenceQuestion.OfRange range)
    {
        var first = range.First;
        while (first <= range.Last && _files.ContainsKey(EvidencePack.NameOf("decisions", first) + ".json"))
            first++;
        if (first <= range.Last)
            Find(PackFinding.RecordMissing, EvidencePack.NameOf("decisions", first) + ".json", $"the pack is of {range.Words}, and this one is not in it");
        Complete = IsSound ? range : null;
    }

    private void CheckEffects()
    {
        var effects = new HashSet<string>(StringComparer.Ordinal);
        var permitted = new List<(string Name, string Id)>();
        foreach (var (name, record) in Parsed("decisions"))
        {
            if (record.Word("kind") == "effect")
                effects.Add(record.Word("decision") ?? "");
            else if (record.Word("kind") == "decision" && record.Word("outcome") is "ALLOW" or "ALLOW_WITH_CONSTRAINTS")
                permitted.Add((name, record.Word("id") ?? ""));
        }

        foreach (var (name, _) in permitted.Where(decision => !effects.Contains(decision.Id)))
            Find(PackFinding.EffectOutstanding, name, "what was permitted here had no effect on record when the pack was made");
    }

    /// <summary>The content of a bundle, put together from its parts, has the digest under which it was published.</summary>
    private void CheckBundles()
    {
        var parts = new Dictionary<string, SortedDictionary<long, string>>(StringComparer.Ordinal);
        var published = new List<(string Name, string Digest)>();
        foreach (var (name, record) in Parsed("control"))
        {
            var action = record.Member("action");
            var digest = action.Word("digest") ?? "";
            if (action.Word("kind") == "bundle.part" && action.Member("part") is { ValueKind: JsonValueKind.Number } part)
                (parts.TryGetValue(digest, out var pieces) ? pieces : parts[digest] = [])[part.GetInt64()] = action.Word("content") ?? "";
            else if (action.Word("kind") == "bundle.published")
                published.Add((name, digest));
        }

        foreach (var (name, digest) in published)
        {
            if (!parts.TryGetValue(digest, out var pieces) || Convert.ToHexStringLower(SHA256.HashData([.. pieces.Values.SelectMany(Decoded)])) != digest)
                Find(PackFinding.DigestUnresolved, name, $"the bundle {digest} is not in the pack as it was published");
        }
    }

    private static byte[] Decoded(string content)
    {
        var bytes = new byte[content.Length];
        return Convert.TryFromBase64String(content, bytes, out var length) ? bytes[..length] : [];
    }

    private IEnumerable<string> Records(string log) =>
        _files.Keys.Where(name => name.StartsWith(log + "/", StringComparison.Ordinal) && name.EndsWith(".json", StringComparison.Ordinal));

    private IEnumerable<(string Name, JsonElement Record)> Parsed(string log)
    {
        foreach (var name in Records(log))
        {
            JsonElement record;
            try
            {
                record = JsonElement.Parse(_files[name]);
            }
            catch (JsonException)
            {
                Find(PackFinding.RecordMalformed, name, "the record is no JSON");
                continue;
            }

            yield return (name, record);
        }
    }

    private void Find(string kind, string file, string detail) => _findings.Add(new PackFinding(kind, file, detail));
}

using Writ.Ledger.Checkpoints;
using Writ.Ledger.Verification;
using Writ.Testing;

namespace Writ.Ledger.Tests.Verifiers;

/// <summary>
/// Three verifiers that share no code, ours, the one in Python and the page's, say the same of sound ledgers and of a thousand that
/// somebody altered.
/// </summary>
public sealed class VerifierAgreementTests : IDisposable
{
    private const int Mutations = 1_000;
    private const int AtATime = 50;
    private const string OtherOrigin = "test.example/other";

    private static readonly string Key = Convert.ToBase64String(TestLedger.Key.PublicKey.Bytes);

    private readonly TestLedger _folder = new();
    private readonly TestLedger _other = new();
    private readonly DirectoryInfo _scratch = Directory.CreateTempSubdirectory("writ-verifiers-");

    public void Dispose()
    {
        _folder.Dispose();
        _other.Dispose();
        _scratch.Delete(recursive: true);
    }

    [Fact]
    public async Task They_agree_on_sound_ledgers()
    {
        var images = new List<LedgerImage>();
        foreach (var records in (int[])[0, 1, 2, 3, 7, 64, 65, 300])
        {
            using var folder = new TestLedger();
            await FillAsync(folder, records, "");
            images.Add(LedgerImage.Of(folder));
        }

        foreach (var (ours, python, javaScript, what) in await VerifyAsync([.. images.Select((image, number) => (image, $"ledger {number}"))]))
        {
            Assert.True(ours.Sound, $"{what}: {string.Join(", ", ours.Violations)}");
            Assert.True(python.Sound, $"Python, {what}: {string.Join(", ", python.Violations)}");
            Assert.True(javaScript.Sound, $"JavaScript, {what}: {string.Join(", ", javaScript.Violations)}");
        }
    }

    [Fact]
    public async Task T32_T34_T38_they_all_catch_and_name_a_thousand_alterations()
    {
        await FillAsync(_folder, 80, "");
        var older = LedgerImage.Of(_folder);
        await FillAsync(_folder, 220, "");
        await FillAsync(_other, 300, "forged");
        var tampering = new Tampering(LedgerImage.Of(_folder), older, LedgerImage.Of(_other), new Random(20260901));
        var kinds = new HashSet<string>(StringComparer.Ordinal);
        foreach (var numbers in Enumerable.Range(0, Mutations).Chunk(AtATime))
        {
            foreach (var (ours, python, javaScript, what) in await VerifyAsync([.. numbers.Select(tampering.Next)]))
            {
                Assert.False(ours.Sound, $"not caught: {what}");
                Assert.False(python.Sound, $"not caught by Python: {what}");
                Assert.False(javaScript.Sound, $"not caught by JavaScript: {what}");
                Assert.True(ours.Violations.SequenceEqual(python.Violations), $"{what}: {string.Join(", ", ours.Violations)}; Python: {string.Join(", ", python.Violations)}");
                Assert.True(ours.Violations.SequenceEqual(javaScript.Violations), $"{what}: {string.Join(", ", ours.Violations)}; JavaScript: {string.Join(", ", javaScript.Violations)}");
                kinds.UnionWith(ours.Violations);
            }
        }

        Assert.Superset(
            new HashSet<string> { "SegmentMissing", "ForeignFile", "SegmentHeader", "BatchDamaged", "BytesAfterEnd", "ChainBroken", "LogContradicted", "VaultContradicted", "BehindCheckpoint", "CheckpointContradicted", "CheckpointInvalid" },
            kinds);
    }

    private static async Task FillAsync(TestLedger folder, int records, string word)
    {
        await using var ledger = await folder.OpenAsync();
        var log = await TestLedger.LogAsync(ledger);
        var other = await TestLedger.LogAsync(ledger, OtherOrigin);
        for (var i = 0; i < records; i++)
        {
            var record = TestLedger.Record((ulong)i, word.Length + 20);
            var payload = i % 5 == 0 ? TestLedger.Record((ulong)i, 900) : default;
            if (i % 10 == 9)
                // Some batches hold more than one record, of more than one log.
                await Task.WhenAll(ledger.AppendAsync(log, record).AsTask(), ledger.AppendAsync(other, record).AsTask(), ledger.AppendAsync(log, record).AsTask());
            else
                Assert.True((await ledger.AppendAsync(i % 4 == 3 ? other : log, record, payload)).IsDurable);
        }
    }

    private async Task<List<(Verdict Ours, Verdict Python, Verdict JavaScript, string What)>> VerifyAsync(IReadOnlyList<(LedgerImage Image, string What)> images)
    {
        // Every ledger has checkpoints of its own: one data folder with them all, so that each program runs once.
        var root = _scratch.CreateSubdirectory(Guid.NewGuid().ToString("N")).FullName;
        List<(string Data, string Checkpoints)> places = [.. images.Select((image, number) => Write(image.Image, root, number))];
        string[] paths = [.. places.Select(place => place.Data)];
        var python = OtherVerifier.Python.VerifyAsync(paths, Key, Path.Combine(root, "kept"), TestContext.Current.CancellationToken);
        var javaScript = OtherVerifier.JavaScript.VerifyAsync(paths, Key, Path.Combine(root, "kept"), TestContext.Current.CancellationToken);
        var ours = new List<Verdict>();
        foreach (var (data, checkpoints) in places)
        {
            var report = await LedgerVerifier.VerifyAsync(
                new VerificationOptions { DataFolder = data, Checkpoints = new CheckpointFolder(checkpoints), Keys = [TestLedger.Key.PublicKey] },
                cancellationToken: TestContext.Current.CancellationToken);
            ours.Add(new Verdict(report.IsSound, [.. report.Findings.Where(f => f.IsViolation).Select(f => f.Kind.ToString()).Distinct().Order(StringComparer.Ordinal)]));
        }

        var (theirs, pages) = (await python, await javaScript);
        Directory.Delete(root, recursive: true);
        return [.. images.Select((image, i) => (ours[i], Verdict.Of(theirs[i]), Verdict.Of(pages[i]), image.What))];
    }

    private static (string Data, string Checkpoints) Write(LedgerImage image, string root, int number)
    {
        var place = (Data: Path.Combine(root, $"ledger-{number}"), Checkpoints: Path.Combine(root, "kept", $"ledger-{number}"));
        image.WriteTo(place.Data, place.Checkpoints);
        return place;
    }

    private sealed record Verdict(bool Sound, IReadOnlyList<string> Violations)
    {
        public static Verdict Of((bool Sound, IReadOnlyList<string> Violations) answer) => new(answer.Sound, answer.Violations);
    }
}

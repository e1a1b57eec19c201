using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Writ.Governance.NamedFacts;
using Writ.Governance.Policies.Authoring;
using Writ.Governance.Policies.Signing;
using Writ.Governance.Records;

namespace Writ.Governance.Policies;

/// <summary>
/// Reads a bundle from a folder: <c>bundle.json</c>, a <c>facts.json</c> and a <c>bundle.sig</c> where there is one, every <c>*.cedar</c> below it, every
/// <c>*.yaml</c>, which compiles to Cedar that is added beside it, and Markdown, which is for people and stays out. So does <c>tests/</c>,
/// which may hold YAML, JSON and Markdown. Anything else is an error, so that a misspelt file name never
/// silently drops a rule.
/// </summary>
public static class BundleFolder
{
    internal const string ManifestName = "bundle.json";
    private const int MaxFiles = 1_000;
    private const int MaxFileBytes = 8 << 20;
    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);

    public static BundleReading Read(string folder)
    {
        var problems = ImmutableArray.CreateBuilder<PolicyProblem>();
        if (!Directory.Exists(folder))
            return new BundleReading.Refused([new PolicyProblem(folder, 0, 0, "there is no such folder")]);

        BundleManifest? manifest = null;
        BundleSignature? signature = null;
        var files = ImmutableArray.CreateBuilder<BundleFile>();
        long total = 0;
        foreach (var path in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Take(MaxFiles + 1))
        {
            var name = Path.GetRelativePath(folder, path).Replace('\\', '/');
            if (name.EndsWith(".md", StringComparison.Ordinal) || IsOfTests(name))
                continue;
            if (files.Count == MaxFiles)
                problems.Add(new PolicyProblem(name, 0, 0, $"a bundle has at most {MaxFiles} files"));
            else if (name is not (ManifestName or FactFile.Name or BundleSignature.FileName) && !name.EndsWith(".cedar", StringComparison.Ordinal) && !name.EndsWith(PolicyForm.Extension, StringComparison.Ordinal))
                problems.Add(new PolicyProblem(name, 0, 0, $"expected {ManifestName}, {FactFile.Name}, *.cedar, *{PolicyForm.Extension} or *.md"));
            else if (ReadText(path, name, ref total, problems) is not { } text)
                continue;
            else if (name == BundleSignature.FileName)
                signature = ReadSignature(text, problems);
            else if (name == ManifestName)
                manifest = ReadManifest(text, problems);
            else if (name.EndsWith(PolicyForm.Extension, StringComparison.Ordinal))
                Compile(name, text, files, problems);
            else
                files.Add(new BundleFile(name, text));
        }

        if (manifest is null && problems.Count == 0)
            problems.Add(new PolicyProblem(ManifestName, 0, 0, "is missing: it names the bundle, its version and its tier"));
        if (files.All(f => f.Path == FactFile.Name) && problems.Count == 0)
            problems.Add(new PolicyProblem(folder, 0, 0, $"holds no *.cedar and no *{PolicyForm.Extension} file"));
        return problems.Count > 0
            ? new BundleReading.Refused(problems.ToImmutable())
            : new BundleReading.Read(new BundleArchive(manifest!, files.ToImmutable())) { Signature = signature };
    }

    private static void Compile(string name, string text, ImmutableArray<BundleFile>.Builder files, ImmutableArray<PolicyProblem>.Builder problems)
    {
        var form = PolicyForm.Compile(name, text);
        problems.AddRange(form.Problems);
        files.Add(new BundleFile(name, text));
        files.Add(new BundleFile(name + PolicyForm.CompiledSuffix, form.Cedar));
    }

    /// <summary>Cases beside a bundle decide nothing and are not part of it; a policy that strays among them is part of it all the same.</summary>
    private static bool IsOfTests(string name) =>
        name.StartsWith("tests/", StringComparison.Ordinal) && Path.GetExtension(name) is (".yaml" or ".json");

    private static string? ReadText(string path, string name, ref long total, ImmutableArray<PolicyProblem>.Builder problems)
    {
        var length = new FileInfo(path).Length;
        if (length > MaxFileBytes || (total += length) > BundleArchive.MaxBytes / 2)
        {
            problems.Add(new PolicyProblem(name, 0, 0, $"has {length} bytes; a file may have {MaxFileBytes}, a bundle {BundleArchive.MaxBytes / 2}"));
            return null;
        }

        try
        {
            return StrictUtf8.GetString(File.ReadAllBytes(path));
        }
        catch (DecoderFallbackException problem)
        {
            problems.Add(new PolicyProblem(name, 0, 0, $"is not UTF-8 (byte {problem.Index})"));
            return null;
        }
    }

    private static BundleSignature? ReadSignature(string text, ImmutableArray<PolicyProblem>.Builder problems)
    {
        var signature = BundleSignature.Read(text);
        if (signature is null)
            problems.Add(new PolicyProblem(BundleSignature.FileName, 0, 0, "is not a signature: sign again with `writ policy sign`"));
        return signature;
    }

    private static BundleManifest? ReadManifest(string text, ImmutableArray<PolicyProblem>.Builder problems)
    {
        try
        {
            var manifest = JsonSerializer.Deserialize<BundleManifest>(text, StrictJson.Options);
            problems.AddRange((manifest is null ? ["expected an object with name, version and tier"] : ManifestWords.Problems(manifest)).Select(wrong => new PolicyProblem(ManifestName, 0, 0, wrong)));
            return manifest;
        }
        catch (JsonException problem)
        {
            problems.Add(new PolicyProblem(ManifestName, (int)(problem.LineNumber ?? -1) + 1, (int)(problem.BytePositionInLine ?? -1) + 1, problem.Message));
            return null;
        }
    }
}
